import { EmbedderUnavailableError } from '../../engines/embedder.ts'
import type { Resources } from '../../resources.ts'
import { composeHandOver, type HandedOver, type HandOver } from './compose-hand-over.ts'
import { escalationLikeness } from './escalation-likeness.ts'
import { applyEscalationPolicy, type EscalationDecision, type EscalationSignals } from './escalation-policy.ts'

/** A recommendation with its hand-over; null when nobody needs to take over. */
export type Escalation = EscalationDecision & { handOver: HandOver | null }

export type EscalationQuestion = EscalationSignals & Omit<HandedOver, 'reasons' | 'isUrgent'>

const mostEarlierTexts = 20

/** Whether a person should take over, why, and what they need to know. Without what `readMeaning` tells it decides by words alone. */
export function decideEscalation(asked: EscalationQuestion): Escalation {
  const decision = applyEscalationPolicy(asked)
  return { ...decision, handOver: decision.recommended ? composeHandOver({ ...asked, ...decision }) : null }
}

/** What the customer's texts mean, as far as it takes the embedder to tell; nothing when that is away. It needs no evidence, so it can be read meanwhile. */
export async function readMeaning(
  { embedder }: Pick<Resources, 'embedder'>,
  { customerTexts, signal }: { customerTexts: string[]; signal?: AbortSignal },
): Promise<Pick<EscalationSignals, 'similarityToEarlierQuestion' | 'likeness'>> {
  const texts = customerTexts.slice(-mostEarlierTexts - 1)
  if (!embedder || texts.length === 0) return {}
  try {
    const vectors = await embedder.embed(texts, { priority: 'query', signal })
    const newest = vectors.at(-1)!
    return {
      similarityToEarlierQuestion: Math.max(-1, ...vectors.slice(0, -1).map((vector) => cosine(vector, newest))),
      likeness: escalationLikeness(newest, embedder.model, texts.at(-1)!),
    }
  } catch (error) {
    if (error instanceof EmbedderUnavailableError) return {}
    throw error
  }
}

function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, index) => sum + value * b[index]!, 0)
}
