// When a person is recommended, end to end on the sample data; and how well the detectors alone find what they should, on the sample and on
// messages from other trades. Run: npm run eval -- escalation [--verbose] [--end-to-end | --detectors]

import { LocalEmbedder } from '../src/engines/local-embedder.ts'
import { asksForPerson } from '../src/services/escalation/asks-for-person.ts'
import { escalationLikeness } from '../src/services/escalation/escalation-likeness.ts'
import { thresholds } from '../src/services/escalation/escalation-policy.ts'
import { mentionsLawOrSafety } from '../src/services/escalation/mentions-law-or-safety.ts'
import { soundsAngry } from '../src/services/escalation/sounds-angry.ts'
import { reportEndToEnd } from './escalation-end-to-end.ts'
import { readJsonLines } from './read-json-lines.ts'

const detectors = { CUSTOMER_ASKED: asksForPerson, LEGAL_OR_SAFETY: mentionsLawOrSafety, NEGATIVE_SENTIMENT: soundsAngry }
type Reason = keyof typeof detectors
interface Labelled {
  text: string
  /** Null: an automatic reply is fine. */
  expected: Reason[] | null
}

const verbose = process.argv.includes('--verbose')
if (!process.argv.includes('--detectors')) await reportEndToEnd({ verbose })
if (process.argv.includes('--end-to-end')) process.exit()

const embedder = new LocalEmbedder({ modelsDir: new URL('../models', import.meta.url).pathname })
const byWords = (text: string) => (Object.keys(detectors) as Reason[]).filter((reason) => detectors[reason](text))

async function report(name: string, messages: Labelled[]): Promise<void> {
  const vectors = await embedder.embed(messages.map(({ text }) => text))
  const likeness = vectors.map((vector, index) => [...escalationLikeness(vector, embedder.model, messages[index]!.text)])
  reportOne(
    `${name}, by words alone`,
    messages.map((message) => ({ ...message, found: byWords(message.text) })),
  )
  reportOne(
    `${name}, by words and meaning`,
    messages.map((message, index) => ({ ...message, found: [...new Set([...byWords(message.text), ...likeness[index]!])] })),
  )
}

function reportOne(name: string, outcomes: (Labelled & { found: Reason[] })[]): void {
  const messages = outcomes
  const positives = outcomes.filter(({ expected }) => expected)
  const caught = positives.filter((message) => message.found.length > 0)
  const flagged = outcomes.filter((message) => message.found.length > 0)
  console.log(`${name}: ${positives.length} need a person, ${messages.length - positives.length} do not`)
  console.log(`  any reason         recall ${share(caught.length, positives.length)}  precision ${share(caught.length, flagged.length)}`)
  for (const reason of Object.keys(detectors) as Reason[]) {
    const wanted = positives.filter(({ expected }) => expected!.includes(reason))
    if (wanted.length === 0) continue
    const hits = wanted.filter((message) => message.found.includes(reason)).length
    const calm = outcomes.filter((message) => !message.expected && message.found.includes(reason)).length
    console.log(`  ${reason.padEnd(18)} recall ${share(hits, wanted.length)}  false alarms ${calm}`)
  }
  if (!verbose) return
  for (const { text, expected, found: reasons } of outcomes) {
    if (!expected !== (reasons.length === 0) || (expected && !expected.some((reason) => reasons.includes(reason))))
      console.log(`    ${expected ?? 'fine'} → ${reasons.join(', ') || 'nothing'}: ${text}`)
  }
}

const share = (part: number, whole: number) => `${whole === 0 ? '–' : (part / whole).toFixed(3)} (${part}/${whole})`

const questions = readJsonLines<{ question: string }>('data/questions.jsonl')
const outOfScope = readJsonLines<{ text: string; kind: string }>('data/out-of-scope.jsonl')
const kinds: Record<string, Reason[]> = { wants_human: ['CUSTOMER_ASKED'], angry_or_legal: ['LEGAL_OR_SAFETY', 'NEGATIVE_SENTIMENT'] }
await report('sample data (seen while the detectors were written, and its false alarms since)', [
  ...questions.map(({ question }) => ({ text: question, expected: null })),
  ...outOfScope.map(({ text, kind }) => ({ text, expected: kinds[kind] ?? null })),
])
const labelled = (path: string) =>
  readJsonLines<{ text: string; reason: Reason | null }>(path).map(({ text, reason }) => ({ text, expected: reason && [reason] }))
await report('other trades, first and second set (both tuned on)', [
  ...labelled('eval/data/escalation.jsonl'),
  ...labelled('eval/data/escalation-fresh.jsonl'),
])
await report(
  'other trades, third set (not trained on, but its messages were seen when the bars and the hinting words were chosen)',
  labelled('eval/data/escalation-held-out.jsonl'),
)
const everyday = readJsonLines<{ text: string }>('data/intents/clinc150-validation.jsonl')
// Spread over the file.
const someEveryday = everyday.filter((_, index) => index % Math.floor(everyday.length / 150) === 0).slice(0, 150)
const corrections = readJsonLines<{ question: string }>('data/corrections.jsonl')
const escalations = ['escalation', 'escalation-fresh', 'escalation-held-out'].flatMap((name) => labelled(`eval/data/${name}.jsonl`))
await report('everything that needs a person, among calm messages (sample questions, corrections, 150 of CLINC150)', [
  ...escalations.filter(({ expected }) => expected),
  ...[...questions, ...corrections].map(({ question }) => ({ text: question, expected: null })),
  ...someEveryday.map(({ text }) => ({ text, expected: null })),
])
await reportRepeats()
await embedder.close()

/** Different questions must not look like the same one asked again; real repeats should. */
async function reportRepeats(): Promise<void> {
  const similarity = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, index) => sum + value * b[index]!, 0)
  const different = await embedder.embed(questions.map(({ question }) => question))
  const apart = different.flatMap((vector, index) => different.slice(0, index).map((other) => similarity(vector, other)))
  const repeats = readJsonLines<{ first: string; again: string }>('eval/data/repeated-questions.jsonl')
  const vectors = await embedder.embed(repeats.flatMap(({ first, again }) => [first, again]))
  const together = repeats.map((_, index) => similarity(vectors[2 * index]!, vectors[2 * index + 1]!))
  const above = (values: number[]) => values.filter((value) => value >= thresholds.repeatedQuestion).length
  console.log(
    `REPEATED_QUESTION from ${thresholds.repeatedQuestion}: ${above(together)} of ${together.length} repeats, ${above(apart)} of ${apart.length} pairs of different questions (closest ${Math.max(...apart).toFixed(3)})`,
  )
}
