import { dot } from '../../lib/math/dot-products.ts'
import type { Resources } from '../../resources.ts'
import { limits } from '../checked-input.ts'
import { readIntentExamples } from '../routing/read-intent-examples.ts'
import type { BaseExample } from './read-base.ts'
import { nearCopy } from './triage-example.ts'

export interface IntentAddition {
  intentId: string
  intent: string
  text: string
  trainingExampleId: string
}

/** One intent must not drown the others. */
const mostOfAnIntent = 50

/**
 * Questions that teach the router: those whose intent an agent named. What the router only thought itself would confirm its own mistakes. One that
 * an intent has already, or that another intent has nearly word for word, teaches nothing.
 */
export async function learnIntents(
  resources: Pick<Resources, 'database' | 'embedder'>,
  { base }: { base: BaseExample[] },
): Promise<IntentAddition[]> {
  const { database, embedder } = resources
  if (!embedder) return []
  const named = base.filter(({ isIntentNamed, intent, vector }) => isIntentNamed && intent !== null && vector)
  if (named.length === 0) return []
  const intents = new Map(
    (await database.intent.findMany({ where: { name: { in: named.map(({ intent }) => intent!) } } })).map(({ name, id }) => [name, id]),
  )
  const known = (await readIntentExamples({ database, embedder })).map(({ vector }) => vector)
  const room = Math.max(0, limits.allIntentExamples - known.length)
  const counts = new Map<string, number>()
  const additions: IntentAddition[] = []
  for (const { id, question, intent, vector } of named) {
    const intentId = intents.get(intent!)
    const text = question.replace(/\s+/g, ' ').trim()
    const count = counts.get(intent!) ?? 0
    if (!intentId || text.length > limits.intentExample || count >= mostOfAnIntent || additions.length >= room) continue
    if (known.some((other) => other.length === vector!.length && dot(other, 0, vector!, 0, other.length) > nearCopy)) continue
    known.push(vector!)
    counts.set(intent!, count + 1)
    additions.push({ intentId, intent: intent!, text, trainingExampleId: id })
  }
  return additions
}
