import { dot } from '../lib/math/dot-products.ts'
import { highest } from '../lib/math/highest.ts'
import { energyOf, type FittedHead, type HeadMetrics, logitsOf, outOfScopeScore, probabilitiesOf } from './intent-head.ts'

export interface IntentHeadExample {
  id: string
  text: string
  intent: string
}

/** A trained head with the examples that explain its decisions. */
export interface IntentHead extends FittedHead {
  /** The same for the same examples and embedding model, on every replica. */
  version: string
  /** The embedder whose vectors it was trained on. */
  model: string
  intents: string[]
  dimensions: number
  vectors: Float32Array
  examples: IntentHeadExample[]
}

export interface Routing {
  /** Null: the router abstains. */
  intent: string | null
  /** Calibrated: of the messages with 0.8, about 80% are routed right. */
  confidence: number
  /** How far the first intent is ahead of the second. */
  margin: number
  outOfScope: boolean
  /** The next likely intents, at most three. */
  alternatives: { intent: string; confidence: number }[]
  /** The examples most like the message: why it was routed so. */
  nearest: { exampleId: string; text: string; intent: string; similarity: number }[]
}

export interface IntentRouter {
  /** Routes the vector of one message by the current head. */
  route(vector: Float32Array): Routing
  /** Replaces the head; a message is routed by the old one or by the new one, never by half of each. Null abstains from now on. */
  load(head: IntentHead | null): void
  current(): { version: string; model: string; intents: string[]; examples: number; metrics: HeadMetrics } | null
}

export const abstention: Routing = { intent: null, confidence: 0, margin: 0, outOfScope: false, alternatives: [], nearest: [] }

export function createIntentRouter(): IntentRouter {
  let head: IntentHead | null = null
  return {
    route: (vector) => (head && vector.length === head.dimensions ? routeBy(head, vector) : abstention),
    load: (next) => {
      head = next
    },
    current: () => head && { version: head.version, model: head.model, intents: head.intents, examples: head.examples.length, metrics: head.metrics },
  }
}

function routeBy(head: IntentHead, vector: Float32Array): Routing {
  const logits = logitsOf(head.weights, vector)
  const ranked = [...probabilitiesOf(logits, head.temperature)]
    .map((confidence, index) => ({ intent: head.intents[index]!, confidence }))
    .sort((a, b) => b.confidence - a.confidence)
  const nearest = nearestExamples(head, vector, 3)
  const signals = { energy: energyOf(logits, head.temperature), cosine: nearest[0]!.similarity }
  return {
    intent: ranked[0]!.intent,
    confidence: ranked[0]!.confidence,
    margin: ranked[0]!.confidence - ranked[1]!.confidence,
    outOfScope: head.outOfScope !== null && outOfScopeScore(head.outOfScope, signals) < head.outOfScope.threshold,
    alternatives: ranked.slice(1, 4),
    nearest,
  }
}

function nearestExamples({ vectors, dimensions, examples }: IntentHead, vector: Float32Array, count: number): Routing['nearest'] {
  const similarities = Float32Array.from(examples, (_, index) => dot(vectors, index * dimensions, vector, 0, dimensions))
  return highest(similarities, count).map((index) => {
    const { id, text, intent } = examples[index]!
    return { exampleId: id, text, intent, similarity: similarities[index]! }
  })
}
