import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { CommandError } from '../knowledge/command-error.ts'

export interface ManifestDocument {
  /** With sha256: before it. */
  hash: string
  body: string
}

export async function readManifestFile(path: string): Promise<ManifestDocument[]> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new CommandError(`${path} cannot be read: ${error.message}`)
  })
  try {
    return readManifest(text)
  } catch (error) {
    if (error instanceof CommandError) throw new CommandError(`${path}: ${error.message}`)
    throw error
  }
}

/** The documents of a manifest, in whichever of the usual formats it is written, each with the hash that clients send for it. */
export function readManifest(text: string): ManifestDocument[] {
  const entries = entriesOf(parsed(text))
  if (entries.length === 0) throw new CommandError('There is no operation in it.')
  return entries.map(([id, body]) => {
    if (typeof body !== 'string') throw new CommandError(`The text of ${id} is missing. Expected: a map of hash and text, or the manifest of Apollo.`)
    const hash = digest('sha256', body)
    if (
      String(id)
        .replace(/^sha256:/i, '')
        .toLowerCase() !== hash
    )
      throw new CommandError(whyNot(String(id), body))
    return { hash: `sha256:${hash}`, body }
  })
}

function entriesOf(manifest: unknown): [id: unknown, body: unknown][] {
  if (typeof manifest !== 'object' || manifest === null || Array.isArray(manifest))
    throw new CommandError('This is no manifest. Expected: a map of hash and text, or the manifest of Apollo.')
  const { operations } = manifest as { operations?: unknown }
  // A map has texts as its values, so that this is the manifest of Apollo: format, version and operations.
  if (Array.isArray(operations)) return operations.map((operation) => [operation?.id, operation?.body])
  return Object.entries(manifest)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    throw new CommandError(`This is no JSON: ${(error as Error).message}`)
  }
}

// The compilers’ defaults differ, and each says how to change its own.
function whyNot(id: string, body: string): string {
  if (id === digest('md5', body))
    return `${id} is an MD5, the default of relay-compiler. Set "algorithm": "SHA256" in its persistConfig, and compile again.`
  if (id === digest('sha1', body))
    return `${id} is a SHA-1, the default of GraphQL Code Generator. Set persistedDocuments: { hashAlgorithm: 'sha256' }, and generate again.`
  return `${id} is not the SHA-256 of its text. Clients send this id, and the server finds an operation by the SHA-256 of its text alone.`
}

const digest = (algorithm: string, body: string) => createHash(algorithm).update(body, 'utf8').digest('hex')
