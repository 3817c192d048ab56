import { ConflictError, NotFoundError } from '../services/errors.ts'
import { stopExperiment } from '../services/experiments/stop-experiment.ts'
import { builder } from './builder.ts'
import { Experiment } from './experiment.ts'
import { localId } from './global-ids.ts'

const StopExperimentInput = builder.inputType('StopExperimentInput', {
  fields: (t) => ({
    experimentId: t.id({ required: true, description: 'One that is RUNNING. CONFLICT when it is not.' }),
    promote: t.boolean({
      description:
        'The winner becomes the active version. CONFLICT, and it goes on, when there is none or its model is missing. False when left out.',
    }),
  }),
})

builder.mutationField('stopExperiment', (t) =>
  t.field({
    type: Experiment,
    description:
      'Ends it: all conversations are answered by the active version again. Drafts that are being written end with theirs, and what was found by now stays.',
    authScopes: { admin: true },
    errors: { types: [NotFoundError, ConflictError] },
    args: { input: t.arg({ type: StopExperimentInput, required: true }) },
    resolve: (_root, { input }, resources) =>
      stopExperiment(resources, {
        experimentId: localId('Experiment', input.experimentId),
        promote: input.promote ?? false,
        by: resources.viewer,
      }),
  }),
)
