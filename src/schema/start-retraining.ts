import { ConflictError, InvalidInputError } from '../services/errors.ts'
import { startRetraining } from '../services/training/start-retraining.ts'
import { builder } from './builder.ts'
import { RetrainingRun } from './retraining-run.ts'

const StartRetrainingInput = builder.inputType('StartRetrainingInput', {
  fields: (t) => ({
    dryRun: t.boolean({ description: 'Measures, and changes nothing. False when left out.' }),
    limit: t.int({ description: 'At most so many new examples, oldest first; from 1 to 100,000. All when left out.' }),
  }),
})

builder.mutationField('startRetraining', (t) =>
  t.field({
    type: RetrainingRun,
    description: 'Starts to learn from the approved examples. One at a time: CONFLICT while another one waits or runs. Follow it with `runEvents`.',
    authScopes: { admin: true },
    errors: { types: [ConflictError, InvalidInputError] },
    args: { input: t.arg({ type: StartRetrainingInput, required: true }) },
    resolve: (_root, { input }, resources) =>
      startRetraining(resources, { dryRun: input.dryRun ?? false, limit: input.limit ?? null, by: resources.viewer }),
  }),
)
