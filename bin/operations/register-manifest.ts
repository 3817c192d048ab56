import { counted } from '../counted.ts'
import { CommandError } from '../knowledge/command-error.ts'
import type { Base } from '../knowledge/open-base.ts'
import type { ManifestDocument } from './read-manifest.ts'

const mutation = `mutation RegisterManifest($input: RegisterOperationsInput!) {
  registerOperations(input: $input) {
    ... on OperationManifest { version partner { name } operations { hash name status cost } }
    ... on Error { message }
  }
}`

interface Registered {
  version: number
  partner: { name: string }
  operations: { hash: string; name: string; status: string; cost: number }[]
}

export async function registerManifest(
  base: Base,
  { apiKeyId, documents, isDraft }: { apiKeyId: string; documents: ManifestDocument[]; isDraft: boolean },
): Promise<number> {
  const input = { apiKeyId, documents, ...(isDraft && { status: 'DRAFT' }) }
  const { registerOperations: answer } = await base.ask<{ registerOperations: Registered | { message: string } }>(mutation, { input })
  if ('message' in answer) throw new CommandError(answer.message)
  const hashes = new Set(documents.map(({ hash }) => hash))
  const sent = answer.operations.filter(({ hash }) => hashes.has(hash))
  for (const { name, hash, status } of sent)
    if (status !== 'ACTIVE') process.stdout.write(`${name} (${hash}) is ${status}${whatToDo(status, isDraft)}\n`)
  const dearest = Math.max(...sent.map(({ cost }) => cost))
  process.stdout.write(
    `${counted(sent.length, 'operation')} of ${answer.partner.name} ${sent.length === 1 ? 'is' : 'are'} in manifest ${answer.version}; the dearest costs ${counted(dearest, 'point')}.\n`,
  )
  return 0
}

// What is known keeps its status, also when it is sent again without --draft.
const whatToDo = (status: string, isDraft: boolean) =>
  isDraft || status === 'DEPRECATED' ? '' : ', as before, and is refused. To have it answered: npm run operations -- activate'
