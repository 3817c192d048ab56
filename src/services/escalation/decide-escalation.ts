import { EmbedderUnavailableError } from '../../engines/embedder.ts'
import type { Resources } from '../../resources.ts'
import { escalationLikeness } from './escalation-likeness.ts'
import { applyEscalationPolicy, type EscalationDecision, type EscalationSignals } from './escalation-policy.ts'

export type { EscalationDecision } from './escalation-policy.ts'

const mostEarlierTexts = 20

/** Whether a person should take over, and why. Without the embedder it decides by words alone. */
export async function decideEscalation(
  { embedder }: Pick<Resources, 'embedder'>,
  { signal, ...signals }: Omit<EscalationSignals, 'similarityToEarlierQuestion' | 'likeness'> & { signal?: AbortSignal },
): Promise<EscalationDecision> {
  const texts = signals.customerTexts.slice(-mostEarlierTexts - 1)
  if (!embedder || texts.length === 0) return applyEscalationPolicy(signals)
  try {
    const vectors = await embedder.embed(texts, { priority: 'query', signal })
    const newest = vectors.at(-1)!
    const similarityToEarlierQuestion = Math.max(-1, ...vectors.slice(0, -1).map((vector) => cosine(vector, newest)))
    return applyEscalationPolicy({ ...signals, similarityToEarlierQuestion, likeness: escalationLikeness(newest, embedder.model, texts.at(-1)!) })
  } catch (error) {
    if (error instanceof EmbedderUnavailableError) return applyEscalationPolicy(signals)
    throw error
  }
}

function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, index) => sum + value * b[index]!, 0)
}
