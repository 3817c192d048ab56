import type { Conversation } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import { conversationsTopic } from '../../stores/event-log.ts'
import { lockConversation } from './lock-conversation.ts'

/** Runs one change of a conversation under its lock, and wakes whoever follows it, or the topics that the change names, after the commit. */
export async function changeConversation<Result>(
  { database, wakeUps }: Pick<Resources, 'database' | 'wakeUps'>,
  conversationId: string,
  change: (tx: Transaction, conversation: Conversation, wake: (topics: string[]) => void) => Promise<Result>,
): Promise<Result> {
  const topics = new Set([conversationsTopic])
  const result = await database.$transaction(async (tx) =>
    change(tx, await lockConversation(tx, conversationId), (more) => {
      for (const topic of more) topics.add(topic)
    }),
  )
  for (const topic of topics) wakeUps.notify(topic)
  return result
}
