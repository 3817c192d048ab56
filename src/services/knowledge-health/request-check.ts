import type { Resources } from '../../resources.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { readCheckState } from './check-state.ts'

export interface KnowledgeCheck {
  requestedAt: Date
  /** Of the last check that was finished before. */
  checkedAt: Date | null
}

/** Queues a check. With nothing changed since the last one it is over at once. */
export async function requestCheck(
  { database, queue }: Pick<Resources, 'database' | 'queue'>,
  { by }: { by: Viewer | null },
): Promise<KnowledgeCheck> {
  const requestedAt = new Date()
  const { checkedAt } = await readCheckState({ database })
  await database.$transaction(async (tx) => {
    await queue.send('check-articles', {}, { transaction: tx })
    await recordAudit(tx, by, { action: 'checkKnowledge' })
  })
  return { requestedAt, checkedAt }
}
