// How good the intent router is: cross-validated on the sample's intents, and on CLINC150's validation part with its out-of-scope messages.
// Run: node eval/router.ts
import { readFileSync } from 'node:fs'
import { energyOf, logitsOf, outOfScopeScore } from '../src/engines/intent-head.ts'
import { createIntentRouter, type IntentHead } from '../src/engines/intent-router.ts'
import { LocalEmbedder } from '../src/engines/local-embedder.ts'
import { trainIntentHead } from '../src/engines/train-intent-head.ts'
import { readJsonLines } from './read-json-lines.ts'

interface Message {
  text: string
  intent: string
}

const embedder = new LocalEmbedder({ modelsDir: new URL('../models', import.meta.url).pathname })

async function embed(texts: string[]): Promise<Float32Array[]> {
  const vectors: Float32Array[] = []
  for (let from = 0; from < texts.length; from += 512) vectors.push(...(await embedder.embed(texts.slice(from, from + 512), { priority: 'bulk' })))
  return vectors
}

async function train(messages: Message[], vectors: Float32Array[]): Promise<IntentHead> {
  const startedAt = performance.now()
  const head = (await trainIntentHead({
    model: embedder.model,
    examples: messages.map((message, index) => ({ id: String(index), ...message, vector: vectors[index]! })),
  }))!
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(2)
  const { accuracy, expectedCalibrationError, examples, intents } = head.metrics
  console.log(
    `  trained on ${examples} examples of ${intents} intents in ${seconds} s; cross-validated accuracy ${shown(accuracy)}, ECE ${shown(expectedCalibrationError)}`,
  )
  return head
}

function measure(head: IntentHead, inScope: { messages: Message[]; vectors: Float32Array[] }, outOfScope: Float32Array[]): void {
  const router = createIntentRouter()
  router.load(head)
  const routed = inScope.vectors.map((vector) => router.route(vector))
  if (inScope.messages.length > 0) {
    const right = routed.filter(({ intent }, index) => intent === inScope.messages[index]!.intent).length
    const kept = routed.filter((routing) => !routing.outOfScope).length
    console.log(
      `  validation: accuracy ${shown(right / routed.length)}, ECE ${shown(calibration(routed.map(({ confidence, intent }, index) => ({ confidence, right: intent === inScope.messages[index]!.intent }))))}, kept in scope ${shown(kept / routed.length)}`,
    )
    console.log(
      `  out-of-scope AUROC ${shown(
        areaUnderCurve(
          inScope.vectors.map((vector) => score(head, vector)),
          outOfScope.map((vector) => score(head, vector)),
        ),
      )}`,
    )
  }
  console.log(`  out of scope found: ${outOfScope.filter((vector) => router.route(vector).outOfScope).length} of ${outOfScope.length}`)
}

function score(head: IntentHead, vector: Float32Array): number {
  const router = createIntentRouter()
  router.load(head)
  const cosine = router.route(vector).nearest[0]!.similarity
  return outOfScopeScore(head.outOfScope!, { energy: energyOf(logitsOf(head.weights, vector), head.temperature), cosine })
}

/** The chance that an in-scope message scores above one that is out of scope. */
function areaUnderCurve(inScope: number[], outOfScope: number[]): number {
  let above = 0
  for (const low of outOfScope) for (const high of inScope) above += high > low ? 1 : high === low ? 0.5 : 0
  return above / (inScope.length * outOfScope.length)
}

function calibration(outcomes: { confidence: number; right: boolean }[]): number {
  const sorted = outcomes.toSorted((a, b) => a.confidence - b.confidence)
  const size = Math.ceil(sorted.length / 10)
  let error = 0
  for (let from = 0; from < sorted.length; from += size)
    error += Math.abs(sorted.slice(from, from + size).reduce((sum, { confidence, right }) => sum + confidence - Number(right), 0))
  return error / sorted.length
}

const shown = (value: number | null) => value?.toFixed(4) ?? '–'
const clinc = (part: string) => readJsonLines<Message>(`data/intents/clinc150-${part}.jsonl`)

console.log('sample intents')
const sample = JSON.parse(readFileSync(new URL('../data/sample-intents.json', import.meta.url), 'utf8')) as { name: string; examples: string[] }[]
const examples = sample.flatMap(({ name, examples: texts }) => texts.map((text) => ({ text, intent: name })))
const sampleVectors = await embed(examples.map(({ text }) => text))
const offTopic = readJsonLines<{ text: string; kind: string }>('data/out-of-scope.jsonl').filter(({ kind }) => kind === 'off_topic')
const offTopicVectors = await embed(offTopic.map(({ text }) => text))
measure(await train(examples, sampleVectors), { messages: [], vectors: [] }, offTopicVectors)
// Five held-out parts, so that the out-of-scope score is never asked about what it was trained on.
const scores: { inside: number[]; outside: number[] } = { inside: [], outside: [] }
for (let part = 0; part < 5; part++) {
  const isTraining = (_: unknown, index: number) => index % 5 !== part
  const head = (await trainIntentHead({
    model: embedder.model,
    examples: examples.map((message, index) => ({ id: String(index), ...message, vector: sampleVectors[index]! })).filter(isTraining),
  }))!
  scores.inside.push(...sampleVectors.filter((vector, index) => !isTraining(vector, index)).map((vector) => score(head, vector)))
  scores.outside.push(...offTopicVectors.map((vector) => score(head, vector)))
}
console.log(
  `  out-of-scope AUROC ${shown(areaUnderCurve(scores.inside, scores.outside))} (held-out examples against ${offTopic.length} off-topic messages)`,
)

const training = clinc('train')
const validation = clinc('validation')
const trainingVectors = await embed(training.map(({ text }) => text))
const validationVectors = await embed(validation.map(({ text }) => text))
const outOfScopeVectors = await embed(clinc('oos-validation').map(({ text }) => text))
for (const perIntent of [5, 10, 50]) {
  console.log(`CLINC150, ${perIntent} examples an intent`)
  const seen = new Map<string, number>()
  const chosen = training.flatMap(({ intent }, index) => {
    seen.set(intent, (seen.get(intent) ?? 0) + 1)
    return seen.get(intent)! <= perIntent ? [index] : []
  })
  const head = await train(
    chosen.map((index) => training[index]!),
    chosen.map((index) => trainingVectors[index]!),
  )
  measure(head, { messages: validation, vectors: validationVectors }, outOfScopeVectors)
}
await embedder.close()
