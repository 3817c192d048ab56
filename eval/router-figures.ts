import { seededRandom } from '../bench/statistics.ts'
import { calibrationError, type Outcome } from '../src/engines/calibrate-logits.ts'
import { energyOf, logitsOf, outOfScopeScore } from '../src/engines/intent-head.ts'
import { createIntentRouter, type IntentHead, type Routing } from '../src/engines/intent-router.ts'

export interface Labelled {
  texts: string[]
  intents: string[]
  vectors: Float32Array[]
}

/** What a head says of messages that it has not seen. */
export function measureHead(head: IntentHead, { intents, vectors }: Labelled) {
  const router = createIntentRouter()
  router.load(head)
  const routed = vectors.map((vector) => router.route(vector))
  const outcomes = routed.map(({ intent, confidence }, index) => ({ confidence, isRight: intent === intents[index] }))
  return {
    accuracy: share(outcomes, ({ isRight }) => isRight),
    calibrationError: calibrationError(outcomes),
    inTenBins: errorInBins(outcomes, 10),
    byChance: errorByChance(outcomes),
    keptInScope: share(routed, ({ outOfScope }) => !outOfScope),
    scores: vectors.map((vector, index) => score(head, vector, routed[index]!)),
  }
}

/** What the out-of-scope threshold is compared with. */
export function scoreAll(head: IntentHead, vectors: Float32Array[]): number[] {
  const router = createIntentRouter()
  router.load(head)
  return vectors.map((vector) => score(head, vector, router.route(vector)))
}

function score(head: IntentHead, vector: Float32Array, { nearest }: Routing): number {
  if (!head.outOfScope) return Number.NaN
  return outOfScopeScore(head.outOfScope, {
    energy: energyOf(logitsOf(head.weights, vector), head.temperature),
    cosine: nearest[0]!.similarity,
  })
}

/** The chance that an in-scope message scores above one that is out of scope. */
export function areaUnderCurve(inScope: number[], outOfScope: number[]): number {
  let above = 0
  for (const low of outOfScope) for (const high of inScope) above += high > low ? 1 : high === low ? 0.5 : 0
  return above / (inScope.length * outOfScope.length)
}

/** The calibration error with as many bins as is usual: too high for few messages. */
function errorInBins(outcomes: Outcome[], bins: number): number {
  const sorted = outcomes.toSorted((a, b) => a.confidence - b.confidence)
  const size = Math.ceil(sorted.length / bins)
  let error = 0
  for (let from = 0; from < sorted.length; from += size)
    error += Math.abs(sorted.slice(from, from + size).reduce((sum, { confidence, isRight }) => sum + confidence - Number(isRight), 0))
  return error / sorted.length
}

/** The error that a router would show whose confidence is right by construction: what is measured cannot be told from nothing below it. */
function errorByChance(outcomes: Outcome[], rounds = 50): number {
  const random = seededRandom(1)
  let sum = 0
  for (let round = 0; round < rounds; round++)
    sum += calibrationError(outcomes.map(({ confidence }) => ({ confidence, isRight: random() < confidence })))
  return sum / rounds
}

function share<Item>(items: Item[], matches: (item: Item) => boolean): number {
  return items.filter(matches).length / items.length
}
