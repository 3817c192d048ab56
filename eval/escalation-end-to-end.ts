// Whether a draft would recommend a person, for every message of the sample data: router, retrieval and policy as in a draft, over the sample
// help centre and its intents. No weight was fitted on these messages (eval/data/README.md says what was fitted on what); but whoever wrote the
// phrases of the detectors had read those that ask for a person or are angry, so for those two kinds look at the third set of other trades too.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { trainIntentHead } from '../src/engines/train-intent-head.ts'
import type { EscalationReason } from '../src/generated/prisma/client.ts'
import type { Resources } from '../src/resources.ts'
import { decideEscalation, readMeaning } from '../src/services/escalation/decide-escalation.ts'
import { gatherEvidence } from '../src/services/retrieval/gather-evidence.ts'
import { learnSpelling } from '../src/services/retrieval/learn-spelling.ts'
import { routeMessage } from '../src/services/routing/route-message.ts'
import { openKnowledge } from '../test/support/open-knowledge.ts'
import { dataFolder, loadHelpCenter, readLines } from './help-center.ts'

interface Message {
  text: string
  kind: string
  history: { author: 'customer' | 'agent'; text: string }[]
  /** Null: an automatic reply is fine. */
  family: EscalationReason[] | null
}

const families: Record<string, EscalationReason[]> = {
  wants_human: ['CUSTOMER_ASKED'],
  angry_or_legal: ['NEGATIVE_SENTIMENT', 'LEGAL_OR_SAFETY'],
  off_topic: ['OUT_OF_SCOPE', 'MISSING_KNOWLEDGE'],
  missing_knowledge: ['MISSING_KNOWLEDGE', 'LOW_CONFIDENCE', 'OUT_OF_SCOPE'],
}
const folds = 10

/** Prints the share recommended for the right kind of reason, and the false alarms, each with its 95% interval. */
export async function reportEndToEnd({ verbose }: { verbose: boolean }): Promise<void> {
  const { resources, close } = await openKnowledge()
  await loadHelpCenter(resources)
  await learnSpelling(resources)
  const outcomes = await decideAll(resources, readMessages())
  await close()

  const isRight = ({ message, reasons, recommended }: Outcome) => recommended && message.family!.some((reason) => reasons.includes(reason))
  const needed = outcomes.filter(({ message }) => message.family)
  console.log(`out-of-scope.jsonl: a person recommended, for the right kind of reason (target 85% in all)`)
  for (const kind of Object.keys(families)) {
    const theirs = needed.filter(({ message }) => message.kind === kind)
    console.log(`  ${kind.padEnd(18)} ${interval(theirs.filter(isRight).length, theirs.length)}`)
  }
  console.log(`  ${'all'.padEnd(18)} ${interval(needed.filter(isRight).length, needed.length)}`)
  const answerable = outcomes.filter(({ message }) => !message.family)
  console.log('questions.jsonl, without those that ask for a person: a person recommended all the same (target 8% at most)')
  for (const kind of new Set(answerable.map(({ message }) => message.kind))) {
    const theirs = answerable.filter(({ message }) => message.kind === kind)
    console.log(`  ${kind.padEnd(18)} ${interval(theirs.filter(({ recommended }) => recommended).length, theirs.length)}`)
  }
  console.log(`  ${'all'.padEnd(18)} ${interval(answerable.filter(({ recommended }) => recommended).length, answerable.length)}`)
  if (!verbose) return
  for (const { message, recommended, reasons, confidence } of outcomes)
    if (message.family ? !isRight({ message, recommended, reasons, confidence }) : recommended)
      console.log(`    ${message.kind} → ${recommended ? reasons.join(', ') : 'nobody'} (evidence ${confidence.toFixed(2)}): ${message.text}`)
}

interface Outcome {
  message: Message
  recommended: boolean
  reasons: EscalationReason[]
  confidence: number
}

function readMessages(): Message[] {
  const questions = readLines<{ question: string; kind: string; intent: string; history?: { role: 'customer' | 'agent'; text: string }[] }>(
    'questions.jsonl',
  )
  return [
    ...readLines<{ text: string; kind: string }>('out-of-scope.jsonl').map(
      ({ text, kind }): Message => ({ text, kind, history: [], family: families[kind]! }),
    ),
    ...questions
      .filter(({ intent }) => intent !== 'talk_to_human')
      .map(
        ({ question, kind, history = [] }): Message => ({
          text: question,
          kind,
          history: history.map(({ role, text }) => ({ author: role, text })),
          family: null,
        }),
      ),
  ]
}

/** Most of the messages are examples of the sample's intents too: each is routed by a head that was trained without it. */
async function decideAll(resources: Resources, messages: Message[]): Promise<Outcome[]> {
  const intents = JSON.parse(readFileSync(join(dataFolder, 'sample-intents.json'), 'utf8')) as { name: string; examples: string[] }[]
  const texts = intents.flatMap(({ name, examples }) => examples.map((text) => ({ text, intent: name })))
  const embedder = resources.embedder!
  const vectors = await embedder.embed(texts.map(({ text }) => text))
  const examples = texts.map((example, index) => ({ id: String(index), ...example, vector: vectors[index]! }))
  const partOf = new Map(texts.map(({ text }, index) => [text, index % folds]))
  const outcomes = new Map<Message, Outcome>()
  for (let part = 0; part < folds; part++) {
    resources.router.load(await trainIntentHead({ model: embedder.model, examples: examples.filter((_, index) => index % folds !== part) }))
    for (const message of messages.filter(({ text }, index) => (partOf.get(text) ?? index % folds) === part))
      outcomes.set(message, await decide(resources, message))
  }
  return messages.map((message) => outcomes.get(message)!)
}

// As prepareDraft does.
async function decide(resources: Resources, message: Message): Promise<Outcome> {
  const { text: question, history } = message
  const routing = await routeMessage(resources, { text: question, history })
  const evidence = await gatherEvidence(resources, { history, question })
  const customerTexts = [...history.filter(({ author }) => author === 'customer').map(({ text }) => text), question]
  const { recommended, reasons } = decideEscalation({
    ...(await readMeaning(resources, { customerTexts })),
    history,
    question,
    customerTexts,
    routing,
    evidence,
    sources: evidence.sources,
  })
  return { message, recommended, reasons, confidence: evidence.confidence }
}

/** Wilson's. */
function interval(part: number, whole: number): string {
  const z = 1.96
  const share = part / whole
  const middle = (share + z ** 2 / (2 * whole)) / (1 + z ** 2 / whole)
  const reach = (z * Math.sqrt((share * (1 - share)) / whole + z ** 2 / (4 * whole ** 2))) / (1 + z ** 2 / whole)
  const percent = (value: number) => (100 * value).toFixed(1)
  return `${percent(share)}% (${part}/${whole}; 95% interval ${percent(Math.max(0, middle - reach))} to ${percent(Math.min(1, middle + reach))}%)`
}
