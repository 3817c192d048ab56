// From corrections to a better model and back: `npm run eval -- pipeline`. The server is real; the language model, its customers and its agents are simulated.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { createLogger } from '../src/lib/logger.ts'
import { createRandom } from '../src/lib/math/random.ts'
import { openConversation } from '../src/services/conversations/open-conversation.ts'
import { exportTrainingData } from '../src/services/datasets/export-training-data.ts'
import { draftReply } from '../src/services/drafting/draft-reply.ts'
import { followDraft } from '../src/services/drafting/follow-draft.ts'
import { sendReply } from '../src/services/drafting/send-reply.ts'
import { startEvaluation } from '../src/services/evaluation/start-evaluation.ts'
import type { EvaluationResult } from '../src/services/evaluation/summarise-evaluation.ts'
import { checkExperiments } from '../src/services/experiments/check-experiments.ts'
import { createExperiment } from '../src/services/experiments/create-experiment.ts'
import { startExperiment } from '../src/services/experiments/start-experiment.ts'
import { watchPromotion } from '../src/services/experiments/watch-promotion.ts'
import { activeModelVersion } from '../src/services/models/active-model-version.ts'
import { buildCustomModel } from '../src/services/models/build-custom-model.ts'
import { createModelVersion } from '../src/services/models/create-model-version.ts'
import { promoteModelVersion } from '../src/services/models/promote-model-version.ts'
import { startRetraining } from '../src/services/training/start-retraining.ts'
import { type AskedChat, startModelOllama } from '../test/support/model-ollama.ts'
import { simulatedAdmin } from '../test/support/simulated-admin.ts'
import { loadHelpCenter, readLines } from './help-center.ts'

interface Correction {
  question: string
  correction: string
  intent: string
}

const usage = `Usage: npm run eval -- pipeline

Corrections become a dataset, a custom model, a replay on held-out conversations, an experiment with simulated agents, and a promotion; then a worse version is
tried in an experiment and stopped by a guardrail, and promoted by hand and taken back by the server. The language model is scripted: it writes what the agent
will send with so many of its words wrong, half of them as the base, a quarter once it was shown replies of agents, and four of five as the worse one. So the
figures say that each hop measures and decides what it must, and nothing about any real model. It takes a minute or two.
`
if (process.argv.includes('--help') || process.argv.includes('-h')) {
  process.stdout.write(usage)
  process.exit(0)
}

const mostConversations = 600
const atOnce = 4
const wrongShare = { base: 0.5, shown: 0.25, worse: 0.8 }

const corrections = readLines<Correction>('corrections.jsonl')
const replies = new Map(corrections.map(({ question, correction }) => [question, correction]))
const ollama = await startModelOllama({ bases: ['llama3.2:latest', 'worse:latest'], say: answerOf })
const folder = mkdtempSync(join(tmpdir(), 'understudy-pipeline-'))
const config = readConfig({
  DATA_DIR: folder,
  PORT: '0',
  GENERATOR: 'ollama',
  OLLAMA_HOST: ollama.url,
  LOG_LEVEL: 'silent',
  HAND_OVER_TIMEOUT_MS: '0',
})
const app = await startApp(config, { logger: createLogger({ level: 'silent', isTerminal: false }) })
const { resources } = app
const { database } = resources
const agent = await database.agent.create({ data: { name: 'Simulated agent' } })
const by = simulatedAdmin('pipeline', agent.id)
let customers = 0
try {
  await run()
} finally {
  await app.stop()
  await ollama.close()
  rmSync(folder, { recursive: true, force: true })
}
process.exit()

async function run(): Promise<void> {
  await loadHelpCenter(resources)
  const first = await activeModelVersion(resources)

  await inTurns(corrections, answer)
  const edits = await database.message.aggregate({ where: { draftId: { not: null } }, _avg: { editRatio: true }, _count: true })
  say('corrections', `${edits._count} replies were sent, after changing ${figure(edits._avg.editRatio)} of their drafts`)

  const retraining = await ended((await startRetraining(resources, { by })).id)
  const { activated, examplesProcessed, heldOutCases, reason } = await database.retraining.findUniqueOrThrow({ where: { runId: retraining.id } })
  say('retraining', `${activated ? 'activated' : 'not activated'}: ${examplesProcessed} examples learned, ${heldOutCases} held out. ${reason}`)
  const dataset = await exportTrainingData(resources, { input: { format: 'CHAT' }, by })
  say('dataset', `${dataset.rows} rows, sha256 ${dataset.sha256!.slice(0, 12)}…`)

  const build = await ended((await buildCustomModel(resources, { input: { name: 'Shown replies', baseModel: 'llama3.2' }, by })).id)
  const custom = await database.modelVersion.findUniqueOrThrow({
    where: { id: build.modelVersionId! },
    include: { _count: { select: { examples: true } } },
  })
  say(
    'custom model',
    `${custom.status}, made of ${custom._count.examples} replies: ${(custom.probes as { detail: string }[]).map(({ detail }) => detail).join(' ')}`,
  )

  const evaluation = await ended((await startEvaluation(resources, { modelVersionId: custom.id, comparedToId: first.id, by })).id)
  const { result } = await database.evaluation.findUniqueOrThrow({ where: { runId: evaluation.id } })
  const replay = result as unknown as EvaluationResult
  const edit = replay.comparisons.find(({ metric }) => metric === 'editRatio')!
  say(
    'replay',
    `${replay.cases} held-out conversations, edit ratio ${figure(replay.metrics.editRatio)} beside ${figure(replay.comparedMetrics!.editRatio)}: ${signed(edit.difference)}, 95% interval ${signed(edit.low)} to ${signed(edit.high)}, ${edit.outcome}`,
  )

  const won = await experimentWith('Shown replies against the base', { control: first.id, tried: custom.id, autoPromote: true })
  say('experiment', won)
  const promoted = await activeModelVersion(resources)
  expect(promoted.id === custom.id, `${promoted.name} is active after the experiment`)
  say('promoted', `${promoted.name} is active, asked as ${promoted.generatorModel}`)

  const worse = await createModelVersion(resources, { input: { name: 'Worse', baseModel: 'worse' }, by })
  say('worse version', await experimentWith('Worse against what is active', { control: custom.id, tried: worse.id, autoPromote: false }))
  expect((await activeModelVersion(resources)).id === custom.id, 'a stopped experiment changed what is active')

  await promoteModelVersion(resources, { modelVersionId: worse.id, by })
  let conversations = 0
  while ((await activeModelVersion(resources)).id === worse.id && conversations < mostConversations) {
    await inTurns(some(20, conversations), answer)
    conversations += 20
    await watchPromotion(resources)
  }
  const back = await database.promotion.findFirstOrThrow({ orderBy: { id: 'desc' } })
  expect(back.reason === 'AUTOMATIC_ROLL_BACK' && back.modelVersionId === custom.id, `the last promotion is ${back.reason}`)
  say('rolled back', `promoted by hand all the same, it was taken back after ${conversations} conversations. ${back.detail}`)

  await showLineage(custom.id)
}

/** Until it is decided. Every customer's question is answered with the variant of its conversation, and sent as the agent knows it. */
async function experimentWith(
  name: string,
  { control, tried, autoPromote }: { control: string; tried: string; autoPromote: boolean },
): Promise<string> {
  const variants = [
    { name: 'control', modelVersionId: control, weight: 1 },
    { name: 'tried', modelVersionId: tried, weight: 1 },
  ]
  const { id } = await createExperiment(resources, {
    input: { name, variants, autoPromote, guardrails: ['SEMANTIC_SIMILARITY'], maximumDrafts: 1_000 },
    by,
  })
  await startExperiment(resources, { experimentId: id, by })
  let conversations = 0
  for (; conversations < mostConversations; ) {
    await inTurns(some(20, conversations), answer)
    conversations += 20
    await measured()
    await checkExperiments(resources)
    const { status, outcome, conclusion } = await database.experiment.findUniqueOrThrow({ where: { id } })
    if (status === 'STOPPED') return `${outcome} after ${conversations} conversations: ${conclusion}`
  }
  throw new Error(`${name} was not decided after ${conversations} conversations.`)
}

async function showLineage(modelVersionId: string): Promise<void> {
  const example = await database.modelVersionExample.findFirstOrThrow({ where: { modelVersionId }, include: { trainingExample: true } })
  const { draftId, messageId } = example.trainingExample
  const drafts = await database.draft.count({ where: { modelVersionId } })
  const versions = await database.modelVersionExample.count({ where: { trainingExampleId: example.trainingExampleId } })
  expect(drafts > 0 && messageId !== null, 'the lineage has a gap')
  say(
    'lineage',
    `${drafts} drafts ← the model version ← ${await database.modelVersionExample.count({ where: { modelVersionId } })} corrections, one of them of draft ${draftId.slice(0, 8)}…`,
  )
  say('', `that draft → its correction → ${versions} model version, and from there to every draft that it wrote`)
}

/** What the scripted model says: the reply that an agent will send, with so many words of it wrong; always the same for the same question. */
function answerOf({ model, made, messages }: AskedChat): string {
  const asked = messages.at(-1)!.content
  const question = corrections.find((one) => asked.includes(one.question))?.question
  const share = model === 'worse:latest' ? wrongShare.worse : made.messages.length > 0 ? wrongShare.shown : wrongShare.base
  if (question === undefined) return `I was made of ${made.messages.length} messages.`
  const random = createRandom([...`${model}${question}`].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 1_000_003, 7))
  return replies.get(question)!.replace(/[\p{L}\p{N}]+/gu, (word) => (random.next() < share ? 'perhaps' : word))
}

async function answer({ question }: Correction): Promise<void> {
  const customer = { externalId: `customer-${customers++}` }
  const { id: conversationId } = await openConversation(resources, { input: { message: question, customer }, by })
  const { id: draftId } = await draftReply(resources, { conversationId, by })
  for await (const { type, data } of await followDraft(resources, { draftId, afterSeq: 0 }))
    if (type === 'DraftFailed') throw new Error(`A draft failed: ${JSON.stringify(data)}`)
  await sendReply(resources, { conversationId, draftId, text: replies.get(question)!, by })
}

/** The figures of replies are measured by a job. */
async function measured(): Promise<void> {
  while ((await database.message.count({ where: { draftId: { not: null }, metrics: null } })) > 0)
    await new Promise((resolve) => setTimeout(resolve, 100))
}

async function inTurns<Item>(items: Item[], work: (item: Item) => Promise<void>): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < items.length) await work(items[next++]!)
    }),
  )
}

function some(count: number, from: number): Correction[] {
  return Array.from({ length: count }, (_, index) => corrections[(from + index) % corrections.length]!)
}

async function ended(runId: string) {
  for (;;) {
    const run = await database.run.findUniqueOrThrow({ where: { id: runId } })
    if (run.status === 'COMPLETED') return run
    if (run.status === 'FAILED' || run.status === 'CANCELLED') throw new Error(`The run ${run.kind} is ${run.status}: ${run.failureMessage}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

function expect(isTrue: boolean, otherwise: string): void {
  if (!isTrue) throw new Error(`The pipeline is broken: ${otherwise}.`)
}
function say(what: string, text: string): void {
  console.log(`${what.padEnd(14)} ${text}`)
}
function figure(value: number | null): string {
  return value === null ? 'nothing' : value.toFixed(3)
}
function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`
}
