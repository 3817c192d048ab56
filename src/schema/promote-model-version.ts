import { ConflictError, NotFoundError } from '../services/errors.ts'
import { promoteModelVersion } from '../services/models/promote-model-version.ts'
import { builder } from './builder.ts'
import { localId } from './global-ids.ts'
import { ModelVersion } from './model-version.ts'

const PromoteModelVersionInput = builder.inputType('PromoteModelVersionInput', {
  fields: (t) => ({
    modelVersionId: t.id({ required: true, description: 'A CANDIDATE, or a RETIRED one to come back.' }),
    expectedActiveId: t.id({
      description: 'The version that it is to replace: CONFLICT when another one is active by then. Not checked when left out.',
    }),
  }),
})

builder.mutationField('promoteModelVersion', (t) =>
  t.field({
    type: ModelVersion,
    description:
      'Makes it the one that drafts are written with, from the next draft on; those being written end with theirs. CONFLICT when it is BUILDING or FAILED, its model is missing, or an experiment runs.',
    authScopes: { admin: true },
    errors: { types: [NotFoundError, ConflictError] },
    args: { input: t.arg({ type: PromoteModelVersionInput, required: true }) },
    resolve: (_root, { input }, resources) =>
      promoteModelVersion(resources, {
        modelVersionId: localId('ModelVersion', input.modelVersionId, 'model version'),
        expectedActiveId: input.expectedActiveId == null ? null : localId('ModelVersion', input.expectedActiveId, 'model version'),
        by: resources.viewer,
      }),
  }),
)
