import { ConflictError, NotFoundError } from '../services/errors.ts'
import { rollBackRetraining } from '../services/training/roll-back-retraining.ts'
import { builder } from './builder.ts'
import { localId } from './global-ids.ts'
import { RetrainingRun } from './retraining-run.ts'

const RollBackRetrainingInput = builder.inputType('RollBackRetrainingInput', {
  fields: (t) => ({ runId: t.id({ required: true, description: 'The `id` of a RetrainingRun that was activated.' }) }),
})

builder.mutationField('rollBackRetraining', (t) =>
  t.field({
    type: RetrainingRun,
    description:
      'Undoes one retraining, whichever: its intent examples, phrasings and few-shot examples go, and the numbers fitted before it count again. Idempotent. The next retraining learns from its examples anew: exclude those that were wrong.',
    authScopes: { admin: true },
    errors: { types: [NotFoundError, ConflictError] },
    args: { input: t.arg({ type: RollBackRetrainingInput, required: true }) },
    resolve: (_root, { input }, resources) =>
      rollBackRetraining(resources, { runId: localId('RetrainingRun', input.runId, 'retraining run'), by: resources.viewer }),
  }),
)
