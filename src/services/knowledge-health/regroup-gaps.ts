import type { Prisma } from '../../generated/prisma/client.ts'
import { bytesFromFloats } from '../../lib/float-bytes.ts'
import { groupAlike } from '../../lib/math/group-alike.ts'
import type { Resources } from '../../resources.ts'
import { sentenceVectors } from '../support/sentence-vectors.ts'
import { cosineScale, sameScale } from './cosine-scale.ts'
import { lockGaps } from './gap-lock.ts'
import { questionLikeness } from './question-likeness.ts'
import { storedVector } from './stored-vector.ts'
import { summariseGap } from './summarise-gap.ts'

type Needed = Pick<Resources, 'database' | 'embedder'>

const mostQuestions = 2_000
const isOpen: Prisma.GapQuestionWhereInput = { OR: [{ gapId: null }, { gap: { dismissedAt: null, filledById: null } }] }

/**
 * Groups the newest questions of the open gaps all at once: as they come they join the nearest gap, and what they join depends on the order.
 * A group stays the gap that most of its questions were in, so that ids and links keep their meaning.
 */
export async function regroupGaps(resources: Needed, { signal }: { signal: AbortSignal }): Promise<void> {
  const { database, embedder } = resources
  const questions = await database.gapQuestion.findMany({
    where: isOpen,
    orderBy: { id: 'desc' },
    take: mostQuestions,
    select: { id: true, gapId: true, text: true, embedding: true, embeddingModel: true },
  })
  const vectors = questions.map((question) => storedVector(question, embedder?.model ?? null))
  const missing = questions.filter((_, index) => vectors[index] === null)
  if (embedder && missing.length > 0) {
    const fresh = await sentenceVectors(
      embedder,
      missing.map(({ text }) => text),
      signal,
    )
    // The embedder is away: grouping by words now would only be undone when it is back.
    if (!fresh) return
    for (const [index, { id, text }] of questions.entries()) {
      if (vectors[index]) continue
      vectors[index] = fresh.get(text)!
      await database.gapQuestion.updateMany({ where: { id }, data: { embedding: bytesFromFloats(vectors[index]), embeddingModel: embedder.model } })
    }
  }
  const scale = embedder && questions.length > 0 ? await cosineScale(embedder, signal) : sameScale
  const { likeness, threshold } = await questionLikeness(
    questions.map(({ text }, index) => ({ text, vector: vectors[index]! })),
    scale,
  )
  const groups = groupAlike(likeness, questions.length, threshold).map((members) => members.map((index) => questions[index]!.id))
  for (const gapId of await store(resources, groups)) {
    signal.throwIfAborted()
    await summariseGap(resources, { gapId, signal })
  }
}

/** Returns the gaps that have to be summarised again. */
async function store({ database, embedder }: Needed, groups: string[][]): Promise<Set<string>> {
  return database.$transaction(async (tx) => {
    await lockGaps(tx)
    // What came, moved or was erased since the reading is left as it is now.
    const now = await tx.gapQuestion.findMany({ where: { id: { in: groups.flat() }, ...isOpen }, select: { id: true, gapId: true, text: true } })
    const current = new Map(now.map((question) => [question.id, question]))
    const changed = new Set<string>()
    const taken = new Set<string>()
    const bySize = groups.map((ids) => ids.filter((id) => current.has(id))).sort((a, b) => b.length - a.length)
    for (const ids of bySize) {
      if (ids.length === 0) continue
      const gapIds = ids.flatMap((id) => current.get(id)!.gapId ?? [])
      const kept = mostFrequent(gapIds.filter((gapId) => !taken.has(gapId)))
      const gapId = kept ?? (await tx.knowledgeGap.create({ data: { question: current.get(ids[0]!)!.text } })).id
      taken.add(gapId)
      const moved = ids.filter((id) => current.get(id)!.gapId !== gapId)
      if (moved.length === 0) continue
      for (const id of [gapId, ...moved.flatMap((movedId) => current.get(movedId)!.gapId ?? [])]) changed.add(id)
      await tx.gapQuestion.updateMany({ where: { id: { in: moved } }, data: { gapId } })
    }
    // Those that lost a question to an erasure, or have no mean vector yet.
    const stale = await tx.knowledgeGap.findMany({
      where: {
        dismissedAt: null,
        filledById: null,
        OR: [
          ...(embedder ? [{ embeddingModel: null }, { embeddingModel: { not: embedder.model } }] : []),
          { suggestion: null, questions: { some: { answer: { not: null } } } },
        ],
      },
      select: { id: true },
      take: mostQuestions,
    })
    for (const { id } of stale) changed.add(id)
    return changed
  })
}

function mostFrequent(values: string[]): string | null {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? null
}
