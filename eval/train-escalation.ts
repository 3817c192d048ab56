// Trains the model behind src/services/escalation/escalation-likeness.ts and writes its weights: three classes over sentence vectors. Fits the
// weights of src/services/escalation/read-mood.ts too, to be pasted there. Prints what cross-validation says of both.
// Run: npm run eval -- train-escalation
import { writeFileSync } from 'node:fs'
import { fitSoftmax, softmaxPreconditioner } from '../src/engines/fit-softmax.ts'
import { logitsOf, probabilitiesOf } from '../src/engines/intent-head.ts'
import { LocalEmbedder } from '../src/engines/local-embedder.ts'
import { asksForPerson } from '../src/services/escalation/asks-for-person.ts'
import { type LikenessModel, likenessOf } from '../src/services/escalation/escalation-likeness.ts'
import { mentionsLawOrSafety } from '../src/services/escalation/mentions-law-or-safety.ts'
import { type Mood, readMood } from '../src/services/escalation/read-mood.ts'
import { angryFrom, soundsAngry } from '../src/services/escalation/sounds-angry.ts'
import { crossValidate, fitLogistic } from './fit-logistic.ts'
import { readJsonLines } from './read-json-lines.ts'

const classes: LikenessModel['classes'] = ['CALM', 'CUSTOMER_ASKED', 'LEGAL_OR_SAFETY']
const falseAlarms = 0.015
const strength = 10

interface Row {
  text: string
  /** Null: it is calm. */
  reason: LikenessModel['classes'][number] | 'NEGATIVE_SENTIMENT' | null
}
const labelled = ['escalation', 'escalation-fresh', 'escalation-training'].flatMap((name) => readJsonLines<Row>(`eval/data/${name}.jsonl`))
const everyday = [
  ...readJsonLines<{ text: string }>('data/intents/clinc150-train.jsonl').filter((_, index) => index % 5 === 0),
  ...readJsonLines<{ text: string }>('data/intents/clinc150-oos-train.jsonl'),
].map(({ text }): Row => ({ text, reason: null }))
// An angry message is like neither; its anger is read off its words.
const written = labelled.map(({ text, reason }): Row => ({ text, reason: reason === 'NEGATIVE_SENTIMENT' ? null : reason }))
const rows = [...written, ...everyday]

const embedder = new LocalEmbedder({ modelsDir: new URL('../models', import.meta.url).pathname })
const vectors = await embedder.embed(
  rows.map(({ text }) => text),
  { priority: 'bulk' },
)
await embedder.close()

const size = embedder.dimensions! + 1
function fit(indexes: number[]): Float32Array {
  const matrix = new Float32Array(indexes.length * size).fill(1)
  indexes.forEach((index, position) => matrix.set(vectors[index]!, position * size))
  const labels = Int32Array.from(indexes, (index) => classes.indexOf((rows[index]!.reason ?? 'CALM') as LikenessModel['classes'][number]))
  return fitSoftmax(
    { rows: matrix, size, labels, classes: classes.length },
    { strength, preconditioner: softmaxPreconditioner(matrix, size, strength), tolerance: 1e-4 },
  )
}

const heldOut: Float64Array[] = []
for (let part = 0; part < 5; part++) {
  const weights = fit(rows.map((_, index) => index).filter((index) => index % 5 !== part))
  for (let index = part; index < rows.length; index += 5) heldOut[index] = probabilitiesOf(logitsOf(weights, vectors[index]!), 1)
}
const calmScores = rows.flatMap(({ reason }, index) => (reason ? [] : [1 - heldOut[index]![0]!])).sort((a, b) => b - a)
const threshold = Number(calmScores[Math.floor(falseAlarms * calmScores.length)]!.toFixed(3))

const byWords = (text: string) => asksForPerson(text) || mentionsLawOrSafety(text)
console.log(`${rows.filter(({ reason }) => reason).length} messages that need a person, ${calmScores.length} that do not; threshold ${threshold}`)
for (const reason of classes.slice(1)) {
  const positives = rows.flatMap((row, index) => (row.reason === reason ? [index] : []))
  const found = positives.filter((index) => likenessOf(heldOut[index]!, { classes, threshold }).size > 0)
  const named = positives.filter((index) => likenessOf(heldOut[index]!, { classes, threshold }).has(reason as never))
  const words = positives.filter((index) => byWords(rows[index]!.text))
  const either = new Set([...found, ...words])
  console.log(
    `  ${reason.padEnd(18)} by meaning, cross-validated ${found.length}/${positives.length} (${named.length} for the right reason), by words ${words.length}, by either ${either.size}`,
  )
}
const tricky = written.flatMap(({ reason }, index) => (reason ? [] : [index]))
const wrong = tricky.filter((index) => likenessOf(heldOut[index]!, { classes, threshold }).size > 0)
console.log(
  `  false alarms on the ${tricky.length} tricky messages: by meaning ${wrong.length}, by words ${tricky.filter((index) => byWords(rows[index]!.text)).length}`,
)
if (process.argv.includes('--verbose')) for (const index of wrong) console.log(`    ${rows[index]!.text}`)

const weights = [...fit(rows.map((_, index) => index))].map((weight) => Number(weight.toFixed(3)))
const model: LikenessModel = { embedder: embedder.model, classes, threshold, weights }
writeFileSync(new URL('../src/services/escalation/likeness-weights.json', import.meta.url), `${JSON.stringify(model)}\n`)

fitMood()

function fitMood(): void {
  const names: (keyof Mood)[] = ['displeasure', 'personal', 'heat', 'question']
  const moods = [
    ...labelled.filter(({ reason }) => reason === null || reason === 'NEGATIVE_SENTIMENT').map((row) => ({ ...row, isEveryday: false })),
    ...everyday.map((row) => ({ ...row, isEveryday: true })),
  ]
  const examples = moods.map(({ text, reason, isEveryday }, index) => {
    const mood = readMood(text)
    return {
      features: names.map((name) => mood[name]),
      label: reason ? (1 as const) : (0 as const),
      weight: isEveryday ? 0.1 : 1,
      group: String(index),
    }
  })
  const anger = crossValidate(examples, 10)
  const { weights: fitted, bias } = fitLogistic(examples)
  console.log(`mood { ${names.map((name, index) => `${name}: ${fitted[index]!.toFixed(2)}`).join(', ')} }, bias ${bias.toFixed(2)}; cross-validated`)
  for (const [when, from] of Object.entries(angryFrom)) {
    const of = (isAngry: boolean, isEveryday: boolean) =>
      moods.flatMap((row, index) => (Boolean(row.reason) === isAngry && row.isEveryday === isEveryday ? [index] : []))
    const above = (indexes: number[]) => `${indexes.filter((index) => anger[index]! >= from).length} of ${indexes.length}`
    const either = of(true, false).filter((index) => anger[index]! >= from || soundsAngry(moods[index]!.text)).length
    console.log(
      `  from ${from} (${when}): ${above(of(true, false))} angry messages, ${either} with the phrases; false alarms on ${above(of(false, false))} tricky calm ones and ${above(of(false, true))} of CLINC150`,
    )
  }
}
