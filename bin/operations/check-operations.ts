import { readFile } from 'node:fs/promises'
import { buildClientSchema, buildSchema, GraphQLError, type GraphQLSchema, getIntrospectionQuery, type IntrospectionQuery, parse } from 'graphql'
import { counted } from '../counted.ts'
import { CommandError } from '../knowledge/command-error.ts'
import type { Base } from '../knowledge/open-base.ts'
import { readManifestFile } from './read-manifest.ts'
import { readRegistered } from './registered.ts'
import { whatBreaks } from './what-breaks.ts'

type Source = { base: Base } | { manifest: string }

/** Says which operations the schema would break, and whose they are. Returns 1 when there are any. */
export async function checkOperations({
  schema: path,
  before: pathBefore,
  ...source
}: { schema: string; before?: string } & Source): Promise<number> {
  const after = await readSchema(path)
  const before = pathBefore !== undefined ? await readSchema(pathBefore) : 'base' in source ? await schemaOf(source.base) : null
  const operations = await operationsIn(source)
  let broken = 0
  for (const { label, body } of operations) {
    const breaks = whatBreaks(parse(body), { before, after })
    if (breaks.length > 0) broken++
    for (const what of breaks) process.stdout.write(`${label}: ${what}\n`)
  }
  process.stdout.write(
    broken === 0
      ? `${counted(operations.length, 'operation')} ${operations.length === 1 ? 'works' : 'work'} with ${path}.\n`
      : `${broken} of ${counted(operations.length, 'operation')} would break with ${path}.\n`,
  )
  return broken === 0 ? 0 : 1
}

async function operationsIn(source: Source): Promise<{ label: string; body: string }[]> {
  if ('manifest' in source) return (await readManifestFile(source.manifest)).map(({ hash, body }) => ({ label: shown(hash), body }))
  const now = Date.now()
  const answered = (await readRegistered(source.base)).filter(
    ({ status, sunsetAt }) => status !== 'RETIRED' && !(status === 'DEPRECATED' && sunsetAt && Date.parse(sunsetAt) <= now),
  )
  return answered.map(({ partner, name, hash, body }) => ({ label: `${partner.name}, ${name} (${shown(hash)})`, body }))
}

async function readSchema(path: string): Promise<GraphQLSchema> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new CommandError(`${path} cannot be read: ${error.message}`)
  })
  try {
    return buildSchema(text)
  } catch (error) {
    if (error instanceof GraphQLError || error instanceof Error) throw new CommandError(`${path} is no schema: ${error.message}`)
    throw error
  }
}

const schemaOf = async (base: Base) => buildClientSchema(await base.ask<IntrospectionQuery>(getIntrospectionQuery()))

const shown = (hash: string) => `${hash.slice(0, 'sha256:'.length + 12)}…`
