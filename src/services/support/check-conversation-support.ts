import { checkText, limits } from '../checked-input.ts'
import { readTurns } from '../drafting/read-turns.ts'
import { gatherEvidence } from '../retrieval/gather-evidence.ts'
import type { RetrieveNeeds } from '../retrieval/retrieve.ts'
import { checkSupport, type SupportCheck } from './check-support.ts'

const longestArticle = 50_000

/** Checks a text that an agent is typing against the evidence for the customer's newest turn. Null for an unknown conversation. */
export async function checkConversationSupport(
  resources: RetrieveNeeds,
  { conversationId, text, signal }: { conversationId: string | null; text: string; signal?: AbortSignal },
): Promise<SupportCheck | null> {
  checkText('text', text, { maximum: limits.message, allowEmpty: true })
  if (conversationId === null) return null
  const turn = await resources.database.message.findFirst({
    where: { conversationId, kind: 'CUSTOMER' },
    orderBy: { position: 'desc' },
    select: { id: true },
  })
  if (!turn) return null
  const { history, question, customerTexts } = await readTurns(resources, { conversationId, turnMessageId: turn.id })
  const { sources } = await gatherEvidence(resources, { history, question, ...(signal && { signal }) })
  // An agent knows more of these articles than the sections that the question found.
  const articles = await resources.database.article.findMany({
    where: { id: { in: sources.map(({ articleId }) => articleId) } },
    select: { title: true, body: true },
  })
  const whole = articles.map(({ title, body }) => `${title}\n${body.slice(0, longestArticle)}`)
  const replies = history.filter(({ author }) => author === 'agent').map((turn) => turn.text)
  return checkSupport(resources, { text, sources, question: customerTexts.join('\n\n'), trusted: [...whole, ...replies], ...(signal && { signal }) })
}
