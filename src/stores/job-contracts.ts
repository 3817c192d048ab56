import { z } from 'zod'

/** What every job carries. Services enqueue by these names, workers in src/jobs parse by these schemas. */
export const jobContracts = {
  'write-draft': z.object({ draftId: z.string() }),
  'write-hand-over': z.object({ draftId: z.string() }),
  'index-articles': z.object({ articleIds: z.array(z.string()) }),
  'import-articles': z.object({ runId: z.string() }),
  'train-router': z.object({}),
  'optimize-vectors': z.object({}),
  reindex: z.object({ runId: z.string() }),
  'check-articles': z.object({}),
  'note-gap': z.object({ draftId: z.string() }),
  'build-model': z.object({ runId: z.string() }),
  evaluate: z.object({ runId: z.string() }),
  'fine-tune': z.object({ runId: z.string() }),
  retrain: z.object({ runId: z.string() }),
  'schedule-retraining': z.object({}),
  'measure-reply': z.object({ messageId: z.string() }),
  'check-experiments': z.object({}),
  'triage-example': z.object({ trainingExampleId: z.string() }),
} as const

export type JobName = keyof typeof jobContracts
export type JobPayload<Name extends JobName> = z.infer<(typeof jobContracts)[Name]>
