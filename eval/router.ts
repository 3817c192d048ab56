// How good the intent router is: on the sample's intents, and on CLINC150's validation part with its out-of-scope messages; how long training
// takes, and what the event loop notices of it. Nothing is chosen by these figures; the weight of the guess in fitTemperature was, by other
// random choices of the same intents.
// Run: node eval/router.ts
import { readFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { seededRandom, shuffled } from '../bench/statistics.ts'
import type { IntentHead } from '../src/engines/intent-router.ts'
import { LocalEmbedder } from '../src/engines/local-embedder.ts'
import { trainIntentHead } from '../src/engines/train-intent-head.ts'
import { readJsonLines } from './read-json-lines.ts'
import { areaUnderCurve, type Labelled, measureHead, scoreAll } from './router-figures.ts'

const embedder = new LocalEmbedder({ modelsDir: new URL('../models', import.meta.url).pathname })

async function embed(messages: { text: string; intent?: string }[]): Promise<Labelled> {
  const texts = messages.map(({ text }) => text)
  const vectors: Float32Array[] = []
  for (let from = 0; from < texts.length; from += 512) vectors.push(...(await embedder.embed(texts.slice(from, from + 512), { priority: 'bulk' })))
  return { texts, intents: messages.map(({ intent }) => intent ?? ''), vectors }
}

async function train({ texts, intents, vectors }: Labelled): Promise<IntentHead> {
  const examples = texts.map((text, index) => ({ id: String(index), text, intent: intents[index]!, vector: vectors[index]! }))
  return (await trainIntentHead({ model: embedder.model, examples }))!
}

const pick = ({ texts, intents, vectors }: Labelled, chosen: number[]): Labelled => ({
  texts: chosen.map((index) => texts[index]!),
  intents: chosen.map((index) => intents[index]!),
  vectors: chosen.map((index) => vectors[index]!),
})

/** The first so many examples of each of these intents. */
function firstOfEach(all: Labelled, perIntent: number, names: Set<string> = new Set(all.intents)): Labelled {
  const seen = new Map<string, number>()
  const chosen = all.intents.flatMap((intent, index) => {
    if (!names.has(intent)) return []
    seen.set(intent, (seen.get(intent) ?? 0) + 1)
    return seen.get(intent)! <= perIntent ? [index] : []
  })
  return pick(all, chosen)
}

const shown = (value: number | null) => value?.toFixed(3) ?? '–'
const percent = (value: number) => `${(100 * value).toFixed(1)}%`

function describe(head: IntentHead): string {
  const { accuracy, expectedCalibrationError, examples, intents } = head.metrics
  return `${examples} examples of ${intents} intents: cross-validated accuracy ${shown(accuracy)}, calibration error ${shown(expectedCalibrationError)}`
}

console.log('Sample intents (target: calibration error at most 0.05)')
const sampleFile = JSON.parse(readFileSync(new URL('../data/sample-intents.json', import.meta.url), 'utf8')) as { name: string; examples: string[] }[]
const sample = await embed(sampleFile.flatMap(({ name, examples }) => examples.map((text) => ({ text, intent: name }))))
const offTopic = await embed(readJsonLines<{ text: string; kind: string }>('data/out-of-scope.jsonl').filter(({ kind }) => kind === 'off_topic'))
const sampleHead = await train(sample)
console.log(`  ${describe(sampleHead)}`)
// Five parts that are held out from the whole training, temperature and threshold included.
const outer = { inside: [] as number[], outside: [] as number[] }
for (let part = 0; part < 5; part++) {
  const indexes = [...sample.texts.keys()]
  const head = await train(
    pick(
      sample,
      indexes.filter((index) => index % 5 !== part),
    ),
  )
  const held = measureHead(
    head,
    pick(
      sample,
      indexes.filter((index) => index % 5 === part),
    ),
  )
  outer.inside.push(...held.scores)
  outer.outside.push(...scoreAll(head, offTopic.vectors))
}
console.log(
  `  out-of-scope AUROC ${shown(areaUnderCurve(outer.inside, outer.outside))}: held-out examples against ${offTopic.texts.length} off-topic messages`,
)

const clinc = (part: string) => embed(readJsonLines<{ text: string; intent: string }>(`data/intents/clinc150-${part}.jsonl`))
const training = await clinc('train')
const validation = await clinc('validation')
const outOfScope = await clinc('oos-validation')
console.log('\nCLINC150, all 150 intents (targets with 50 examples an intent: accuracy at least 93.0%, AUROC at least 0.960)')
for (const perIntent of [5, 10, 50]) {
  const head = await train(firstOfEach(training, perIntent))
  const figures = measureHead(head, validation)
  const outside = scoreAll(head, outOfScope.vectors)
  const found = outside.filter((score) => score < head.outOfScope!.threshold).length
  console.log(`  ${perIntent} an intent; ${describe(head)}`)
  console.log(
    `    validation: accuracy ${percent(figures.accuracy)}, calibration error ${shown(figures.calibrationError)} (in ten bins ${shown(figures.inTenBins)}, by chance alone ${shown(figures.byChance)})`,
  )
  console.log(
    `    out of scope: AUROC ${shown(areaUnderCurve(figures.scores, outside))}, ${found} of ${outside.length} found, ${percent(figures.keptInScope)} of the in-scope kept`,
  )
}

console.log('\nCLINC150, five random choices of a few intents: mean, and the worst of them (target: calibration error at most 0.05)')
const names = [...new Set(training.intents)]
for (const count of [5, 10, 20]) {
  for (const perIntent of [5, 10, 50]) {
    const rows: (ReturnType<typeof measureHead> & { measured: number })[] = []
    for (let seed = 1; seed <= 5; seed++) {
      const chosen = new Set(shuffled(names, seededRandom(1_000 * seed + count)).slice(0, count))
      const head = await train(firstOfEach(training, perIntent, chosen))
      rows.push({ measured: head.metrics.expectedCalibrationError!, ...measureHead(head, firstOfEach(validation, Infinity, chosen)) })
    }
    const over = (read: (row: (typeof rows)[number]) => number) => {
      const values = rows.map(read)
      return `${shown(values.reduce((sum, value) => sum + value, 0) / values.length)} (${shown(Math.max(...values))})`
    }
    console.log(
      `  ${String(count).padStart(2)} intents, ${String(perIntent).padStart(2)} each: calibration error cross-validated ${over((row) => row.measured)}, on validation ${over((row) => row.calibrationError)}, by chance alone ${over((row) => row.byChance)}; accuracy ${percent(rows.reduce((sum, row) => sum + row.accuracy / rows.length, 0))}`,
    )
  }
}

console.log('\nTraining, vectors at hand, in its own thread (targets on two idle cores: 1 s and 20 s)')
// CLINC150 has 7,500 training examples: part of validation fills them up, for the time only.
const everything = {
  texts: [...training.texts, ...validation.texts],
  intents: [...training.intents, ...validation.intents],
  vectors: [...training.vectors, ...validation.vectors],
}
const spread = [...training.texts.keys()].filter((index) => index % 50 < 7).slice(0, 1_000)
for (const examples of [pick(everything, spread), pick(everything, [...Array(10_000).keys()])]) {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const startedAt = performance.now()
  const head = await train(examples)
  const seconds = (performance.now() - startedAt) / 1000
  delay.disable()
  console.log(
    `  ${head.metrics.examples} examples, ${head.metrics.intents} intents: ${seconds.toFixed(2)} s; event loop delayed by ${(delay.percentile(99) / 1e6).toFixed(0)} ms at the 99th percentile, ${(delay.max / 1e6).toFixed(0)} ms at most`,
  )
}
await embedder.close()
