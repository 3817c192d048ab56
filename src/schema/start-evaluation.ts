import { ConflictError, InvalidInputError, NotEnoughDataError, NotFoundError } from '../services/errors.ts'
import { startEvaluation } from '../services/evaluation/start-evaluation.ts'
import { builder } from './builder.ts'
import { EvaluationRun } from './evaluation-run.ts'
import { localId } from './global-ids.ts'

const StartEvaluationInput = builder.inputType('StartEvaluationInput', {
  fields: (t) => ({
    modelVersionId: t.id({ required: true, description: 'The version to measure.' }),
    comparedToId: t.id({ description: 'Another one that drafts the same replies, to be compared pair by pair.' }),
    limit: t.int({ description: 'At most so many conversations, newest first; from 1 to 1,000, and 100 when left out.' }),
  }),
})

builder.mutationField('startEvaluation', (t) =>
  t.field({
    type: EvaluationRun,
    description: 'Replays held-out conversations with a version and compares its drafts with what agents wrote. Follow it with `runEvents`.',
    authScopes: { admin: true },
    errors: { types: [NotFoundError, ConflictError, InvalidInputError, NotEnoughDataError] },
    args: { input: t.arg({ type: StartEvaluationInput, required: true }) },
    resolve: (_root, { input }, resources) =>
      startEvaluation(resources, {
        modelVersionId: localId('ModelVersion', input.modelVersionId, 'model version'),
        comparedToId: input.comparedToId == null ? null : localId('ModelVersion', input.comparedToId, 'model version'),
        limit: input.limit ?? null,
        by: resources.viewer,
      }),
  }),
)
