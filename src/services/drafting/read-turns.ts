import type { Draft, Message } from '../../generated/prisma/client.ts'
import type { Database, Transaction } from '../../stores/database.ts'

export interface Turn {
  author: 'customer' | 'agent'
  text: string
}

const mostMessages = 40

/**
 * The conversation as a draft sees it: up to the message that it answers, notes left out. What the customer wrote since the last reply is one
 * turn, the question; what came before is history, oldest first.
 */
export async function readTurns(
  { database }: { database: Database | Transaction },
  { conversationId, turnMessageId }: Pick<Draft, 'conversationId' | 'turnMessageId'>,
): Promise<{ history: Turn[]; question: string /** Turn by turn, newest last. */; customerTexts: string[] }> {
  const newestFirst = await database.$queryRaw<Pick<Message, 'kind' | 'text'>[]>`
    SELECT "kind"::text, "text" FROM "Message" WHERE "conversationId" = ${conversationId} AND "kind" <> 'NOTE'
      AND "position" <= (SELECT "position" FROM "Message" WHERE "id" = ${turnMessageId}) ORDER BY "position" DESC LIMIT ${mostMessages}`
  const turns = newestFirst.reverse().map(({ kind, text }): Turn => ({ author: kind === 'CUSTOMER' ? 'customer' : 'agent', text }))
  const turnStart = turns.findLastIndex(({ author }) => author === 'agent') + 1
  const history = turns.slice(0, turnStart)
  const question = turns
    .slice(turnStart)
    .map(({ text }) => text)
    .join('\n\n')
  const earlier = history.filter(({ author }) => author === 'customer').map(({ text }) => text)
  return { history, question, customerTexts: [...earlier, question] }
}
