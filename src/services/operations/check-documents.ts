import { checkText } from '../checked-input.ts'
import { InvalidInputError } from '../errors.ts'
import { bareHash, hashOf } from './document-hash.ts'
import type { ReadOperation } from './register-operations.ts'

export interface GivenDocument {
  hash: string
  body: string
}

export interface CheckedDocument extends GivenDocument {
  name: string
  type: string
  cost: number
}

export const mostDocuments = 500
const mostBytes = 1_000_000
const mostProblems = 10

/** Each document once, with its hash made here; throws one InvalidInputError that names every document that cannot be registered, up to ten. */
export function checkDocuments(
  documents: GivenDocument[],
  { read, longest }: { read: (body: string) => ReadOperation; longest: number },
): CheckedDocument[] {
  if (documents.length === 0 || documents.length > mostDocuments)
    throw new InvalidInputError(`documents has ${documents.length} entries. Send 1 to ${mostDocuments} at a time.`)
  const bytes = documents.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0)
  if (bytes > mostBytes)
    throw new InvalidInputError(`The documents have ${bytes} bytes together, and at most ${mostBytes} are allowed. Register them in parts.`)
  const checked = new Map<string, CheckedDocument>()
  const problems: string[] = []
  for (const [index, { hash: given, body }] of documents.entries()) {
    const hash = hashOf(body)
    if (checked.has(hash) && isHashOf(given, hash)) continue
    const answer = isHashOf(given, hash) ? check(`documents[${index}].body`, body, { read, longest }) : { problem: wrongHash(given, hash) }
    if ('problem' in answer) problems.push(`documents[${index}]${answer.name ? ` (${answer.name})` : ''}: ${answer.problem}`)
    else checked.set(hash, { hash, body, ...answer })
    if (problems.length === mostProblems) break
  }
  if (problems.length > 0) throw new InvalidInputError(`Nothing was registered. ${problems.join('\n')}`)
  return [...checked.values()]
}

const isHashOf = (given: string, hash: string) => bareHash(given) === hash

function check(field: string, body: string, { read, longest }: { read: (body: string) => ReadOperation; longest: number }): ReadOperation {
  try {
    return read(checkText(field, body, { maximum: longest }))
  } catch (error) {
    if (error instanceof InvalidInputError) return { problem: error.message }
    throw error
  }
}

function wrongHash(given: string, hash: string): string {
  const bare = bareHash(given)
  const otherKind = /^[0-9a-f]{32}$/.test(bare) ? 'an MD5' : /^[0-9a-f]{40}$/.test(bare) ? 'a SHA-1' : null
  if (otherKind) return `its hash is ${otherKind}, and must be a SHA-256. Set the algorithm of your compiler to SHA-256.`
  return `its hash is not that of its body, whose bytes as UTF-8 give sha256:${hash}. Send the text exactly as it was hashed.`
}
