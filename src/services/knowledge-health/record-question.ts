import type { GapSource } from '../../generated/prisma/client.ts'
import { bytesFromFloats } from '../../lib/float-bytes.ts'
import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import type { CosineScale } from './cosine-scale.ts'
import { lockGaps } from './gap-lock.ts'
import { nearestGroup } from './nearest-group.ts'
import { storedVector } from './stored-vector.ts'

const mostGaps = 1_000
const questionsPerGap = 20

/** Stores the question, once a customer message, in the nearest gap or in a new one. Returns that gap; null when it was known already. */
export async function recordQuestion(
  { database, embedder }: Pick<Resources, 'database' | 'embedder'>,
  {
    draft,
    sources,
    text,
    vector,
    scale,
  }: {
    draft: { id: string; conversationId: string; turnMessageId: string }
    sources: GapSource[]
    text: string
    vector: Float32Array | null
    scale: CosineScale
  },
): Promise<string | null> {
  return database.$transaction(async (tx) => {
    await lockGaps(tx)
    const known = await tx.gapQuestion.findUnique({ where: { messageId: draft.turnMessageId } })
    if (known) {
      // The newer draft knows more of the turn, and its text is the better one.
      const merged = [...new Set([...known.sources, ...sources])]
      if (merged.length > known.sources.length) await tx.gapQuestion.update({ where: { id: known.id }, data: { sources: merged } })
      return null
    }
    // Erased meanwhile, with all that it said.
    if ((await tx.message.count({ where: { id: draft.turnMessageId } })) === 0) return null
    const gapId =
      (await nearestGap(tx, { text, vector, model: embedder?.model ?? null, scale })) ??
      (await tx.knowledgeGap.create({ data: { question: text } })).id
    await tx.gapQuestion.create({
      data: {
        gapId,
        conversationId: draft.conversationId,
        draftId: draft.id,
        messageId: draft.turnMessageId,
        sources,
        text,
        ...(vector && embedder && { embedding: bytesFromFloats(vector), embeddingModel: embedder.model }),
      },
    })
    await tx.knowledgeGap.update({ where: { id: gapId }, data: { count: await tx.gapQuestion.count({ where: { gapId } }) } })
    return gapId
  })
}

// A dismissed gap takes its like too, or each new question would bring it back. One whose article is not published yet still waits for it.
async function nearestGap(
  tx: Transaction,
  { text, vector, model, scale }: { text: string; vector: Float32Array | null; model: string | null; scale: CosineScale },
): Promise<string | null> {
  const gaps = await tx.knowledgeGap.findMany({
    where: { OR: [{ filledById: null }, { filledBy: { status: { not: 'PUBLISHED' } } }] },
    orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }],
    take: mostGaps,
    select: {
      id: true,
      embedding: true,
      embeddingModel: true,
      // Words are compared only where there are no vectors.
      questions: { orderBy: { id: 'desc' }, take: vector ? 1 : questionsPerGap, select: { text: true } },
    },
  })
  const groups = gaps.map(({ questions, ...gap }) => ({
    id: gap.id,
    mean: storedVector(gap, model),
    texts: questions.map((question) => question.text),
  }))
  return nearestGroup({ text, vector }, groups, scale)?.id ?? null
}
