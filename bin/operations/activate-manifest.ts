import { counted } from '../counted.ts'
import { CommandError } from '../knowledge/command-error.ts'
import type { Base } from '../knowledge/open-base.ts'
import type { ManifestDocument } from './read-manifest.ts'

const mutation = `mutation ActivateManifest($input: ActivateOperationsInput!) {
  activateOperations(input: $input) {
    ... on ChangedOperations { operations { partner { name } } }
    ... on Error { message }
  }
}`

interface Activated {
  operations: { partner: { name: string } }[]
}

export async function activateManifest(base: Base, { apiKeyId, documents }: { apiKeyId: string; documents: ManifestDocument[] }): Promise<number> {
  const input = { apiKeyId, hashes: documents.map(({ hash }) => hash) }
  const { activateOperations: answer } = await base.ask<{ activateOperations: Activated | { message: string } }>(mutation, { input })
  if ('message' in answer) throw new CommandError(answer.message)
  const { operations } = answer
  process.stdout.write(
    `${counted(operations.length, 'operation')} of ${operations[0]?.partner.name} ${operations.length === 1 ? 'is' : 'are'} ACTIVE.\n`,
  )
  return 0
}
