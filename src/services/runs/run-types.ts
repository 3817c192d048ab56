import type { RunKind } from '../../generated/prisma/client.ts'

/** The type in the schema of a run of each kind. */
export const runTypes: Record<RunKind, string> = {
  IMPORT: 'ImportRun',
  REINDEX: 'ReindexRun',
  RETRAINING: 'RetrainingRun',
  EVALUATION: 'EvaluationRun',
  MODEL_BUILD: 'ModelBuildRun',
  FINE_TUNING: 'FineTuningRun',
}
