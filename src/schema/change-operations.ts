import type { RegisteredOperation as RegisteredOperationRow } from '../generated/prisma/client.ts'
import type { Viewer } from '../services/access/viewer.ts'
import { ConflictError, InvalidInputError, NotFoundError } from '../services/errors.ts'
import { activateOperations, deprecateOperations, retireOperations } from '../services/operations/change-operations.ts'
import { builder } from './builder.ts'
import { localId } from './global-ids.ts'
import { RegisteredOperation } from './registered-operation.ts'

const ChangedOperations = builder.objectRef<{ operations: RegisteredOperationRow[] }>('ChangedOperations').implement({
  description: 'The operations that were named, as they are now.',
  authScopes: { admin: true },
  fields: (t) => ({
    operations: t.field({
      type: [RegisteredOperation],
      description: 'In the order in which they were registered.',
      complexity: { field: 1, multiplier: 50 },
      resolve: ({ operations }) => operations,
    }),
  }),
})

const hashes = 'As they were registered, with or without sha256:. 1 to 500, all of this partner; when one is unknown, nothing changes.'
const partner = 'The partner, unless `apiKeyId` is given.'
const key = 'A key of the partner, unless `partnerId` is given.'

const ActivateOperationsInput = builder.inputType('ActivateOperationsInput', {
  fields: (t) => ({
    partnerId: t.id({ description: partner }),
    apiKeyId: t.id({ description: key }),
    hashes: t.stringList({ required: true, description: hashes }),
  }),
})

const DeprecateOperationsInput = builder.inputType('DeprecateOperationsInput', {
  fields: (t) => ({
    partnerId: t.id({ description: partner }),
    apiKeyId: t.id({ description: key }),
    hashes: t.stringList({ required: true, description: hashes }),
    sunsetAt: t.field({ type: 'DateTime', description: 'From then on they are refused. Not yet known when left out.' }),
  }),
})

const RetireOperationsInput = builder.inputType('RetireOperationsInput', {
  fields: (t) => ({
    partnerId: t.id({ description: partner }),
    apiKeyId: t.id({ description: key }),
    hashes: t.stringList({ required: true, description: hashes }),
  }),
})

builder.mutationField('activateOperations', (t) =>
  t.field({
    type: ChangedOperations,
    description: 'Answered from now on, whatever their status was.',
    authScopes: { admin: true },
    errors: { types: [NotFoundError, InvalidInputError] },
    args: { input: t.arg({ type: ActivateOperationsInput, required: true }) },
    resolve: async (_root, { input }, resources) => ({ operations: await activateOperations(resources, named(input, resources.viewer)) }),
  }),
)

builder.mutationField('deprecateOperations', (t) =>
  t.field({
    type: ChangedOperations,
    description: 'Still answered, with the headers Deprecation and Sunset. A DRAFT or RETIRED one is a CONFLICT.',
    authScopes: { admin: true },
    errors: { types: [NotFoundError, InvalidInputError, ConflictError] },
    args: { input: t.arg({ type: DeprecateOperationsInput, required: true }) },
    resolve: async (_root, { input }, resources) => ({
      operations: await deprecateOperations(resources, { ...named(input, resources.viewer), sunsetAt: input.sunsetAt ?? null }),
    }),
  }),
)

builder.mutationField('retireOperations', (t) =>
  t.field({
    type: ChangedOperations,
    description: 'Refused from now on, in all replicas within seconds; subscriptions that run end with an error.',
    authScopes: { admin: true },
    errors: { types: [NotFoundError, InvalidInputError] },
    args: { input: t.arg({ type: RetireOperationsInput, required: true }) },
    resolve: async (_root, { input }, resources) => ({ operations: await retireOperations(resources, named(input, resources.viewer)) }),
  }),
)

function named({ partnerId, apiKeyId, hashes }: { partnerId?: string | null; apiKeyId?: string | null; hashes: string[] }, by: Viewer) {
  return {
    partnerId: partnerId == null ? null : localId('Partner', partnerId),
    apiKeyId: apiKeyId == null ? null : localId('ApiKey', apiKeyId, 'API key'),
    hashes,
    by,
  }
}
