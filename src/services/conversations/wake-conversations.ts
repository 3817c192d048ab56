import type { Resources } from '../../resources.ts'
import { changeConversation } from './change-conversation.ts'
import { moveStatus } from './move-status.ts'
import { system } from './record-timeline.ts'

type Needed = Pick<Resources, 'database' | 'wakeUps' | 'logger'>

const lookEveryMs = 2_000
const atOnce = 100

/** Snoozed conversations whose time has come are OPEN again. However many replicas look, each wakes once: the row's lock decides. Returns how many it woke. */
export async function wakeConversations(resources: Needed, now = new Date()): Promise<number> {
  const due = await resources.database.conversation.findMany({
    where: { status: 'SNOOZED', snoozedUntil: { lte: now } },
    select: { id: true },
    orderBy: { snoozedUntil: 'asc' },
    take: atOnce,
  })
  let woken = 0
  for (const { id } of due) {
    await changeConversation(resources, id, async (tx, conversation) => {
      // Since it was listed another replica, the customer or a later snooze may have come first.
      if (conversation.status !== 'SNOOZED' || conversation.snoozedUntil === null || conversation.snoozedUntil > now) return
      await moveStatus(tx, conversation, 'WAKE', { actor: system, at: now })
      woken++
    })
  }
  return woken
}

/** Looks every two seconds. Returns what stops it. */
export function keepWaking(resources: Needed): () => Promise<void> {
  let looking: Promise<unknown> | null = null
  const timer = setInterval(() => {
    looking ??= wakeConversations(resources)
      .catch((error: unknown) => resources.logger.error({ err: error }, 'snoozed conversations could not be woken'))
      .finally(() => {
        looking = null
      })
  }, lookEveryMs)
  return async () => {
    clearInterval(timer)
    await looking
  }
}
