import type { Resources } from '../../resources.ts'
import { readCheckState } from './check-state.ts'

export interface KnowledgeCheck {
  requestedAt: Date
  /** Of the last check that was finished before. */
  checkedAt: Date | null
}

/** Queues a check. With nothing changed since the last one it is over at once. */
export async function requestCheck({ database, queue }: Pick<Resources, 'database' | 'queue'>): Promise<KnowledgeCheck> {
  const requestedAt = new Date()
  const { checkedAt } = await readCheckState({ database })
  await queue.send('check-articles', {})
  return { requestedAt, checkedAt }
}
