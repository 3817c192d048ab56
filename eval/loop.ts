// Does the desk get better by its corrections? `npm run eval -- loop`: a simulated desk on the sample data, with the real server's loop.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { createLogger } from '../src/lib/logger.ts'
import { createRandom } from '../src/lib/math/random.ts'
import type { Resources } from '../src/resources.ts'
import { openConversation } from '../src/services/conversations/open-conversation.ts'
import { draftReply } from '../src/services/drafting/draft-reply.ts'
import { giveFeedback } from '../src/services/feedback/give-feedback.ts'
import { seedIntents } from '../src/services/routing/seed-intents.ts'
import { trainRouter } from '../src/services/routing/train-router.ts'
import { measureCases } from '../src/services/training/measure-cases.ts'
import { reviewTrainingExample } from '../src/services/training/review-training-example.ts'
import { startRetraining } from '../src/services/training/start-retraining.ts'
import { fixedLearned, type LearnedState } from '../src/stores/learned.ts'
import { simulatedAdmin } from '../test/support/simulated-admin.ts'
import { loadHelpCenter, type Question, readLines } from './help-center.ts'
import { averagesOf, type CurvePoint, plotCurves } from './loop-curves.ts'

interface Asked {
  question: string
  articles: string[]
  intent: string
  /** What a careful agent sends; null where only the right article and intent are known. */
  reply: string | null
}

const { values: options } = parseArgs({ options: { help: { type: 'boolean', short: 'h' }, quick: { type: 'boolean' }, out: { type: 'string' } } })
if (options.help) {
  process.stdout.write(`Usage: npm run eval -- loop [--quick] [--out FILE.html]

Customers ask the questions of data/questions.jsonl and data/corrections.jsonl, each once. The desk starts with two examples an intent. An agent says for each the right
intent and article, and for those of corrections.jsonl what should have been written; after every ten the desk is retrained by the server's own retraining. 45 of the
questions and 20 of the corrections are never asked: on them it is measured, after each retraining. Nothing was fitted on them.

  --quick      40 corrections instead of all
  --out FILE   the curves as a web page
`)
  process.exit(0)
}

const every = 10
const { starters, stream, heldOut } = splitData()
const asked = options.quick ? stream.slice(0, 40) : stream
const folder = mkdtempSync(join(tmpdir(), 'understudy-loop-'))
const config = readConfig({ DATA_DIR: folder, PORT: '0', GENERATOR: 'extractive', LOG_LEVEL: 'silent' })
const app = await startApp(config, { logger: createLogger({ level: 'silent', isTerminal: false }) })
const { resources } = app
try {
  await run()
} finally {
  await app.stop()
  rmSync(folder, { recursive: true, force: true })
}

async function run(): Promise<void> {
  const slugs = await loadHelpCenter(resources)
  const ids = new Map(Array.from(slugs, ([id, slug]) => [slug, id]))
  await seedIntents(resources, starters)
  await trainRouter(resources)
  const agent = await resources.database.agent.create({ data: { name: 'Simulated agent' } })
  const by = simulatedAdmin('loop', agent.id)
  const cases = heldOut.map(({ question, articles, intent, reply }, index) => ({
    exampleId: `case-${index}`,
    question,
    context: [],
    articleIds: articles.map((slug) => ids.get(slug)!),
    intent,
    correction: reply,
    isMustPass: false,
  }))
  const measure = async (tried: Resources): Promise<Omit<CurvePoint, 'seen'>> =>
    averagesOf(await measureCases(tried, { cases, mostDrafts: cases.length, signal: AbortSignal.timeout(600_000) }))

  console.log(
    `${asked.length} corrections, a retraining after every ${every}; measured on ${cases.length} held-out questions, ${cases.filter(({ correction }) => correction).length} of them with a reply to compare`,
  )
  console.log('seen   routing  hit@1   edit ratio  similarity   what the retraining did')
  const off: CurvePoint = { seen: 0, ...(await measure(resources)) }
  print(off, 'the desk as it starts; with the loop off it stays so')
  const on: CurvePoint[] = [off]
  const latest: CurvePoint[] = [off]
  for (const [index, one] of asked.entries()) {
    await teach(one, index)
    if ((index + 1) % every !== 0) continue
    const run = await retrain()
    const point = { seen: index + 1, ...(await measure(resources)) }
    on.push(point)
    print(point, describe(run))
    await showing({ count: 5, strategy: 'FIXED' }, async () => {
      latest.push({ seen: index + 1, ...(await measure({ ...resources, learned: fixedLearned(await latestInjected()) })) })
    })
  }
  await explain(measure)
  print(latest.at(-1)!, 'always inject the latest 5 corrections instead of the nearest, whatever is asked')
  const [start, end] = [on[0]!, on.at(-1)!]
  for (const name of ['routing', 'hitAt1', 'editRatio', 'similarity'] as const) {
    const gain = (end[name] - start[name]) * (name === 'editRatio' ? -1 : 1)
    console.log(
      `${{ routing: 'routing', hitAt1: 'hit@1', editRatio: 'edit ratio', similarity: 'similarity' }[name]}: ${start[name].toFixed(3)} → ${end[name].toFixed(3)}, ${gain > 0.005 ? 'better' : gain < -0.005 ? 'worse' : 'no different'}`,
    )
  }
  if (options.out) {
    writeFileSync(options.out, plotCurves({ 'loop on': on, 'loop off': on.map(({ seen }) => ({ ...off, seen })), 'latest injected': latest }))
    console.log(`curves written to ${options.out}`)
  }

  async function teach({ question, articles, intent, reply }: Asked, index: number): Promise<void> {
    const conversation = await openConversation(resources, { input: { message: question, customer: { externalId: `customer-${index}` } }, by })
    const { id: draftId } = await draftReply(resources, { conversationId: conversation.id, by })
    await ended(
      async () => (await resources.database.draft.findUniqueOrThrow({ where: { id: draftId }, select: { status: true } })).status === 'READY',
    )
    const input = {
      draftId,
      correctedIntent: intent,
      correctedArticleIds: articles.map((slug) => ids.get(slug)!),
      ...(reply === null ? { rating: 'NEEDS_IMPROVEMENT' as const } : { correction: reply }),
    }
    await giveFeedback(resources, { input, agentId: agent.id, by })
    if (reply !== null) return
    // Nothing is learned from a rating alone: a lead has looked at it.
    const { id } = await resources.database.trainingExample.findUniqueOrThrow({ where: { draftId } })
    await reviewTrainingExample(resources, { input: { trainingExampleId: id, state: 'APPROVED' }, by })
  }

  async function retrain() {
    const { id } = await startRetraining(resources, { by })
    await ended(async () => !['QUEUED', 'RUNNING'].includes((await resources.database.run.findUniqueOrThrow({ where: { id } })).status))
    return resources.database.retraining.findUniqueOrThrow({ where: { runId: id } })
  }

  /** For an extractive writer to inject a reply means to prefer what its sentences say; it writes nothing that no article says. */
  async function latestInjected(): Promise<LearnedState> {
    const now = resources.learned.current()
    const rows = await resources.database.fewShotExample.findMany({
      where: { retiredById: null },
      orderBy: { id: 'desc' },
      take: 5,
      select: { trainingExampleId: true },
    })
    const newest = rows.flatMap(({ trainingExampleId }) => now.fewShotExamples.filter((reply) => reply.trainingExampleId === trainingExampleId))
    // The question's own vector makes each the nearest to everything.
    return { ...now, fewShotExamples: newest }
  }

  /** With another policy of the active model version. */
  async function showing(fewShot: object, work: () => Promise<void>): Promise<void> {
    await resources.database.modelVersion.updateMany({ where: { status: 'ACTIVE' }, data: { fewShot } })
    await work()
    await resources.database.modelVersion.updateMany({ where: { status: 'ACTIVE' }, data: { fewShot: {} } })
  }

  /** Which part of what was learned brings what. */
  async function explain(measureWith: typeof measure): Promise<void> {
    const learned = resources.learned.current()
    const nothing = { ...learned, queryAdapter: null, signalWeights: null, fewShotExamples: [], voice: null }
    for (const [name, state] of [
      ['without replies to show', { ...learned, fewShotExamples: [] }],
      ['without adapter and weights', { ...learned, queryAdapter: null, signalWeights: null }],
      ['with the router’s examples alone', nothing],
    ] as [string, LearnedState][])
      print({ seen: asked.length, ...(await measureWith({ ...resources, learned: fixedLearned(state) })) }, name)
  }
}

function describe({
  activated,
  intentExamplesAdded,
  fewShotExamplesAdded,
  parts,
  reason,
}: {
  activated: boolean
  intentExamplesAdded: number
  fewShotExamplesAdded: number
  parts: unknown
  reason: string | null
}): string {
  if (!activated) return reason ?? 'nothing'
  const kept = (parts as { part: string; isKept: boolean }[]).filter(({ isKept }) => isKept).map(({ part }) => part.toLowerCase().replace('_', ' '))
  return [`${intentExamplesAdded} intent examples`, `${fewShotExamplesAdded} replies`, ...kept].join(', ')
}

function print({ seen, routing, hitAt1, editRatio, similarity }: CurvePoint, text: string): void {
  console.log(
    `${String(seen).padStart(4)}   ${routing.toFixed(3)}    ${hitAt1.toFixed(3)}   ${editRatio.toFixed(3)}       ${similarity.toFixed(3)}        ${text}`,
  )
}

async function ended(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 10))
}

function splitData() {
  const random = createRandom(7)
  const corrections = random.shuffled(readLines<{ question: string; article: string; intent: string; correction: string }>('corrections.jsonl'))
  const questions = random.shuffled(readLines<Question & { intent: string }>('questions.jsonl').filter(({ kind }) => kind !== 'followup'))
  const replies = corrections.map(
    ({ question, article, intent, correction }): Asked => ({ question, articles: [article], intent, reply: correction }),
  )
  const labels = questions.map(({ question, articles, intent }): Asked => ({ question, articles, intent, reply: null }))
  const held = [...labels.slice(0, 45), ...replies.slice(0, 20)]
  const rest = labels.slice(45)
  const byIntent = Map.groupBy(rest, ({ intent }) => intent)
  const first = [...byIntent]
    .filter(([, theirs]) => theirs.length >= 2)
    .map(([name, theirs]) => ({ name, examples: theirs.slice(0, 2).map(({ question }) => question) }))
  const used = new Set(first.flatMap(({ examples }) => examples))
  const known = new Set(first.map(({ name }) => name))
  const usable = ({ intent }: Asked) => known.has(intent)
  return {
    starters: first,
    stream: random.shuffled([...rest.filter(({ question }) => !used.has(question)), ...replies.slice(20)].filter(usable)),
    heldOut: held.filter(usable),
  }
}
