import type { Resources } from '../../resources.ts'
import { appendDraftEvent, draftTopic } from '../../stores/event-log.ts'

export interface DraftFailure {
  code: string
  message: string
  retryable: boolean
}

/** Marks a STREAMING draft FAILED with its reason, keeping the text so far. False when it had ended before. */
export async function failDraft(
  { database, wakeUps, metrics }: Pick<Resources, 'database' | 'wakeUps' | 'metrics'>,
  draftId: string,
  failure: DraftFailure,
): Promise<boolean> {
  const failed = await database.$transaction(async (tx) => {
    const { count } = await tx.draft.updateMany({
      where: { id: draftId, status: 'STREAMING' },
      data: { status: 'FAILED', failureCode: failure.code, failureMessage: failure.message, retryable: failure.retryable, finishedAt: new Date() },
    })
    if (count > 0) await appendDraftEvent(tx, { draftId, type: 'DraftFailed', data: { ...failure }, whileIn: ['FAILED'] })
    return count > 0
  })
  if (failed) {
    metrics.drafts.inc({ status: 'FAILED', origin: 'none' })
    wakeUps.notify(draftTopic(draftId))
  }
  return failed
}
