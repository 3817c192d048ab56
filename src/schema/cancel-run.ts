import { ExpectedError, NotFoundError } from '../services/errors.ts'
import { cancelRun } from '../services/runs/cancel-run.ts'
import { runTypes } from '../services/runs/run-types.ts'
import { ModelBuildRun } from './build-custom-model.ts'
import { builder } from './builder.ts'
import { EvaluationRun } from './evaluation-run.ts'
import { FineTuningRun } from './fine-tuning-run.ts'
import { localId } from './global-ids.ts'
import { RetrainingRun } from './retraining-run.ts'
import { ImportRun, ReindexRun, runTypeNames } from './run.ts'

const CancelRunInput = builder.inputType('CancelRunInput', { fields: (t) => ({ runId: t.id({ required: true }) }) })

builder.mutationField('cancelRun', (t) =>
  t.errorUnionField({
    types: [ImportRun, ReindexRun, RetrainingRun, ModelBuildRun, EvaluationRun, FineTuningRun, NotFoundError],
    union: { resolveType: (result) => (result instanceof ExpectedError ? 'NotFoundError' : runTypes[result.kind]) },
    description: 'Stops a run at its next step. Idempotent; a run that has ended stays as it ended.',
    authScopes: { staff: true },
    args: { input: t.arg({ type: CancelRunInput, required: true }) },
    resolve: (_root, { input }, resources) => cancelRun(resources, { runId: localId(runTypeNames, input.runId, 'run'), by: resources.viewer }),
  }),
)
