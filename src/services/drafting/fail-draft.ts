import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import { appendDraftEvent, conversationsTopic, draftTopic } from '../../stores/event-log.ts'
import { lockConversationOf } from './lock-conversation-of.ts'
import { moveDrafts } from './move-drafts.ts'

export interface DraftFailure {
  code: string
  message: string
  retryable: boolean
}

/** Marks a live draft FAILED with its reason, keeping the text so far. False when it had ended before. `onlyIf` is asked under the locks. */
export async function failDraft(
  { database, wakeUps, metrics }: Pick<Resources, 'database' | 'wakeUps' | 'metrics'>,
  draftId: string,
  failure: DraftFailure,
  { onlyIf = async () => true }: { onlyIf?: (tx: Transaction) => Promise<boolean> } = {},
): Promise<boolean> {
  const failed = await database.$transaction(async (tx) => {
    if (!(await lockConversationOf(tx, draftId)) || !(await onlyIf(tx))) return false
    const [moved] = await moveDrafts(tx, {
      where: { id: draftId },
      to: 'FAILED',
      data: { failureCode: failure.code, failureMessage: failure.message, retryable: failure.retryable, finishedAt: new Date() },
    })
    if (moved) await appendDraftEvent(tx, { draftId, type: 'DraftFailed', data: { ...failure }, whileIn: ['FAILED'] })
    return moved !== undefined
  })
  if (failed) {
    metrics.drafts.inc({ status: 'FAILED', origin: 'none' })
    wakeUps.notify(draftTopic(draftId))
    wakeUps.notify(conversationsTopic)
  }
  return failed
}
