import { ConflictError, InvalidInputError, NotFoundError } from '../services/errors.ts'
import { createExperiment } from '../services/experiments/create-experiment.ts'
import { builder } from './builder.ts'
import { ExperimentMetric } from './enums.ts'
import { Experiment } from './experiment.ts'
import { localId } from './global-ids.ts'

const ExperimentVariantInput = builder.inputType('ExperimentVariantInput', {
  description: 'A variant of an experiment that is to be made.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Unlike that of the other, at most 200 characters.' }),
    modelVersionId: t.id({ required: true, description: 'A version that is neither BUILDING nor FAILED, and not that of the other.' }),
    weight: t.float({ required: true, description: 'Above 0. Weights are relative: 1 and 1 is half of the conversations each.' }),
  }),
})

const CreateExperimentInput = builder.inputType('CreateExperimentInput', {
  fields: (t) => ({
    name: t.string({ required: true, description: 'Unique, at most 200 characters.' }),
    variants: t.field({ type: [ExperimentVariantInput], required: true, description: 'Exactly two. The first is the control.' }),
    primaryMetric: t.field({ type: ExperimentMetric, description: 'What decides. EDIT_RATIO when left out.' }),
    guardrails: t.field({ type: [ExperimentMetric], description: 'What must not get worse: it stops the experiment. None when left out.' }),
    autoPromote: t.boolean({ description: 'It ends by itself once it is decided, and the winner is promoted. False when left out.' }),
    maximumDrafts: t.int({
      description:
        'What it is planned for, from 60 to 1,000,000. 2,000 when left out, which finds an edit ratio that is lower by 0.05 in two of three.',
    }),
  }),
})

builder.mutationField('createExperiment', (t) =>
  t.field({
    type: Experiment,
    description:
      'Plans a comparison of two model versions on real conversations. It is a DRAFT until `startExperiment`; what it compares and how it is judged never changes.',
    authScopes: { admin: true },
    errors: { types: [NotFoundError, ConflictError, InvalidInputError] },
    args: { input: t.arg({ type: CreateExperimentInput, required: true }) },
    resolve: (_root, { input }, resources) =>
      createExperiment(resources, {
        input: {
          ...input,
          variants: input.variants.map((variant) => ({
            ...variant,
            modelVersionId: localId('ModelVersion', variant.modelVersionId, 'model version'),
          })),
        },
        by: resources.viewer,
      }),
  }),
)
