import type { Draft } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'

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
  { database }: Pick<Resources, 'database'>,
  { conversationId, turnMessageId }: Pick<Draft, 'conversationId' | 'turnMessageId'>,
): Promise<{ history: Turn[]; question: string /** Turn by turn, newest last. */; customerTexts: string[] }> {
  const { position } = await database.message.findUniqueOrThrow({ where: { id: turnMessageId }, select: { position: true } })
  const newestFirst = await database.message.findMany({
    where: { conversationId, kind: { not: 'NOTE' }, position: { lte: position } },
    orderBy: { position: 'desc' },
    take: mostMessages,
    select: { kind: true, text: true },
  })
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
