import { ConflictError, InvalidInputError, NotFoundError } from '../services/errors.ts'
import { reviewTrainingExample } from '../services/training/review-training-example.ts'
import { builder } from './builder.ts'
import { TrainingExampleState } from './enums.ts'
import { localId } from './global-ids.ts'
import { TrainingExample } from './training-example.ts'

const ReviewTrainingExampleInput = builder.inputType('ReviewTrainingExampleInput', {
  fields: (t) => ({
    trainingExampleId: t.id({ required: true }),
    state: t.field({ type: TrainingExampleState, required: true, description: 'What it is from now on.' }),
    reason: t.string({ description: 'For colleagues; up to 2,000 characters.' }),
    isMustPass: t.boolean({
      description: 'From now on a retraining that breaks it is not activated; it is held out for that. Unchanged when left out.',
    }),
  }),
})

builder.mutationField('reviewTrainingExample', (t) =>
  t.field({
    type: TrainingExample,
    description: 'Decides whether retrainings may use it. That stands until the example itself changes. Idempotent.',
    authScopes: { staff: true },
    errors: { types: [NotFoundError, InvalidInputError, ConflictError] },
    args: { input: t.arg({ type: ReviewTrainingExampleInput, required: true }) },
    resolve: (_root, { input }, resources) =>
      reviewTrainingExample(resources, {
        input: { ...input, trainingExampleId: localId('TrainingExample', input.trainingExampleId, 'training example') },
        by: resources.viewer,
      }),
  }),
)
