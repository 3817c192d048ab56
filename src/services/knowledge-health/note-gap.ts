import type { Resources } from '../../resources.ts'
import { readTurns } from '../drafting/read-turns.ts'
import { sentenceVectors } from '../support/sentence-vectors.ts'
import { attachAnswers } from './attach-answers.ts'
import { cosineScale, sameScale } from './cosine-scale.ts'
import { gapSources } from './gap-sources.ts'
import { questionText } from './question-text.ts'
import { recordQuestion } from './record-question.ts'
import { summariseGap } from './summarise-gap.ts'

type Needed = Pick<Resources, 'database' | 'embedder' | 'logger'>

/**
 * Reads what became of a draft, and notes the question when it points at missing knowledge. Everything is read from what is stored, so that the
 * job can be repeated, and can come early or late: a question is counted once, and its answer is attached whenever it comes.
 */
export async function noteGap(resources: Needed, { draftId, signal }: { draftId: string; signal: AbortSignal }): Promise<void> {
  const { database, logger } = resources
  const draft = await database.draft.findUnique({ where: { id: draftId }, include: { citations: true, feedback: true, sentMessage: true } })
  if (!draft || draft.status === 'QUEUED' || draft.status === 'STREAMING') return
  const { history, question } = await readTurns({ database }, draft)
  const replies = await repliesTo(resources, draft)
  const sources = await gapSources(resources, { draft, question, replies, signal })
  const text = sources.length === 0 ? '' : questionText({ history, question, queries: draft.queries })
  const changed = new Set<string>()
  if (text !== '') {
    const vectors = await sentenceVectors(resources.embedder, [text], signal)
    const vector = vectors?.get(text) ?? null
    const scale = vector && resources.embedder ? await cosineScale(resources.embedder, signal) : sameScale
    const gapId = await recordQuestion(resources, { draft, sources, text, vector, scale })
    if (gapId) changed.add(gapId)
    logger.info({ draftId, gapId, sources }, 'knowledge gap noted')
  }
  for (const gapId of await attachAnswers(resources, { conversationId: draft.conversationId })) changed.add(gapId)
  for (const gapId of changed) await summariseGap(resources, { gapId, signal })
}

/** What agents sent in place of the draft: its own edit, or, when it was not sent, what they wrote before the customer wrote again. */
async function repliesTo(
  { database }: Pick<Resources, 'database'>,
  draft: { conversationId: string; turnMessageId: string; sentMessage: { kind: string; text: string } | null },
): Promise<string[]> {
  if (draft.sentMessage) return draft.sentMessage.kind === 'AGENT_EDITED' ? [draft.sentMessage.text] : []
  const turn = await database.message.findUniqueOrThrow({ where: { id: draft.turnMessageId }, select: { position: true } })
  const later = await database.message.findMany({
    where: { conversationId: draft.conversationId, position: { gt: turn.position }, kind: { not: 'NOTE' } },
    orderBy: { position: 'asc' },
    take: 20,
    select: { kind: true, text: true },
  })
  const next = later.findIndex(({ kind }) => kind === 'CUSTOMER')
  return (next === -1 ? later : later.slice(0, next)).filter(({ kind }) => kind === 'AGENT_ONLY').map(({ text }) => text)
}
