import type { RunKind } from '../../generated/prisma/client.ts'

/** Which job works on a run of this kind. A kind that is missing here is never taken up again after a crash. */
export const jobOfRun: Partial<Record<RunKind, 'import-articles' | 'reindex' | 'retrain' | 'build-model' | 'evaluate' | 'fine-tune'>> = {
  IMPORT: 'import-articles',
  REINDEX: 'reindex',
  RETRAINING: 'retrain',
  MODEL_BUILD: 'build-model',
  EVALUATION: 'evaluate',
  FINE_TUNING: 'fine-tune',
}
