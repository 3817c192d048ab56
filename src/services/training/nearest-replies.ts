import type { Embedder } from '../../engines/embedder.ts'
import { dot } from '../../lib/math/dot-products.ts'
import { highest } from '../../lib/math/highest.ts'
import type { Resources } from '../../resources.ts'
import type { LearnedReply } from '../../stores/learned.ts'
import { sentenceVectors } from '../support/sentence-vectors.ts'

export interface NearReply {
  trainingExampleId: string
  question: string
  reply: string
  /** Cosine of the two questions. */
  similarity: number
}

export interface FewShotPolicy {
  /** 0 to 5. */
  count: number
  /** NEAREST by question, FIXED the best ones whatever is asked, or NONE. */
  strategy: 'NONE' | 'FIXED' | 'NEAREST'
}

export const defaultFewShot: FewShotPolicy = { count: 3, strategy: 'NEAREST' }

/**
 * No cosine tells questions about the same from others: `npm run eval -- few-shot` prints how many of each lie above a floor, on bases with many
 * questions an article. So a reply is shown for its manner, and the prompt says to take facts from the articles alone; the floor keeps away what
 * has nothing to do with the question.
 */
export const leastSimilar = 0.6

/** The approved replies to show for this question: none is better than one that is about something else. */
export async function nearestReplies(
  { learned, embedder }: Pick<Resources, 'learned' | 'embedder'>,
  { question, policy, signal }: { question: string; policy: FewShotPolicy; signal?: AbortSignal },
): Promise<NearReply[]> {
  const { fewShotExamples } = learned.current()
  if (policy.strategy === 'NONE' || policy.count === 0 || fewShotExamples.length === 0) return []
  if (policy.strategy === 'FIXED') return fewShotExamples.slice(0, policy.count).map((reply) => asNear(reply, 1))
  const usable = embedder ? fewShotExamples.filter(({ embeddingModel }) => embeddingModel === embedder.model) : []
  const vector = usable.length > 0 ? await vectorOf(embedder!, question, signal) : null
  if (!vector) return []
  const similarities = Float32Array.from(usable, (reply) => dot(reply.vector, 0, vector, 0, vector.length))
  return highest(similarities, policy.count)
    .filter((index) => similarities[index]! >= leastSimilar)
    .map((index) => asNear(usable[index]!, similarities[index]!))
}

async function vectorOf(embedder: Embedder, question: string, signal: AbortSignal | undefined): Promise<Float32Array | null> {
  return (await sentenceVectors(embedder, [question], signal))?.get(question) ?? null
}

const asNear = ({ trainingExampleId, question, reply }: LearnedReply, similarity: number): NearReply => ({
  trainingExampleId,
  question,
  reply,
  similarity,
})
