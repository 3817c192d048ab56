import { ConflictError } from '../services/errors.ts'
import { rollBackModelVersion } from '../services/models/roll-back-model-version.ts'
import { builder } from './builder.ts'
import { localId } from './global-ids.ts'
import { ModelVersion } from './model-version.ts'

const RollBackModelVersionInput = builder.inputType('RollBackModelVersionInput', {
  fields: (t) => ({
    expectedActiveId: t.id({ description: 'The version to leave: CONFLICT when another one is active by then. Not checked when left out.' }),
  }),
})

builder.mutationField('rollBackModelVersion', (t) =>
  t.field({
    type: ModelVersion,
    description:
      'Goes back to the version that the active one replaced, from the next draft on. Once more goes one further back. CONFLICT when there is none, its model is missing, or an experiment runs.',
    authScopes: { admin: true },
    errors: { types: [ConflictError] },
    args: { input: t.arg({ type: RollBackModelVersionInput, required: true }) },
    resolve: (_root, { input }, resources) =>
      rollBackModelVersion(resources, {
        expectedActiveId: input.expectedActiveId == null ? null : localId('ModelVersion', input.expectedActiveId, 'model version'),
        by: resources.viewer,
      }),
  }),
)
