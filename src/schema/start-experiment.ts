import { ConflictError, NotFoundError } from '../services/errors.ts'
import { startExperiment } from '../services/experiments/start-experiment.ts'
import { builder } from './builder.ts'
import { Experiment } from './experiment.ts'
import { localId } from './global-ids.ts'

const StartExperimentInput = builder.inputType('StartExperimentInput', {
  fields: (t) => ({ experimentId: t.id({ required: true, description: 'A DRAFT. CONFLICT when it was started before.' }) }),
})

builder.mutationField('startExperiment', (t) =>
  t.field({
    type: Experiment,
    description:
      'From the next draft on each conversation is answered by its variant, and stays with it. One at a time: CONFLICT while another one runs, or when a model is missing.',
    authScopes: { admin: true },
    errors: { types: [NotFoundError, ConflictError] },
    args: { input: t.arg({ type: StartExperimentInput, required: true }) },
    resolve: (_root, { input }, resources) =>
      startExperiment(resources, { experimentId: localId('Experiment', input.experimentId), by: resources.viewer }),
  }),
)
