import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runRetraining } from '../../src/services/training/run-retraining.ts'
import {
  CancelRunDocument,
  CreateIntentDocument,
  GiveFeedbackDocument,
  OpenConversationDocument,
  RetrainingRunDocument,
  ReviewTrainingExampleDocument,
  RollBackRetrainingDocument,
  RunEventsDocument,
  ScheduleRetrainingDocument,
  StartRetrainingDocument,
  TrainingExamplesDocument,
  TrainingReadinessDocument,
} from '../generated/graphql.ts'
import { deskOf, rowId } from '../support/desk.ts'
import { askForDraft, collect, followOverWebSocket } from '../support/drafting.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

interface Correction {
  question: string
  correction: string
  article: string
  intent: string
}
const corrections = readFileSync(new URL('../../data/corrections.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line): Correction => JSON.parse(line))
const [returns, shipping] = ['return_item', 'shipping_question'].map((intent) => corrections.filter((one) => one.intent === intent))
const samples = [...returns!.slice(0, 4), ...shipping!.slice(0, 4)]

let server: TestServer
const desk = deskOf(() => server)
const keys: string[] = []

beforeAll(async () => {
  server = await startServer()
  for (const name of new Set([...returns!, ...shipping!].map(({ article }) => article))) {
    const content = readFileSync(new URL(`../../data/help-center/${name}.md`, import.meta.url), 'utf8')
    await desk.mutate(
      'createArticle',
      { title: /title: "?([^"\n]+)/.exec(content)![1]!, body: content.replace(/^---[^]*?---\n/, ''), category: 'help', slug: name },
      'id',
    )
  }
  for (const [name, examples] of [
    ['return_item', ['I want to send this back', 'How do returns work?', 'Can I return my jacket?']],
    ['shipping_question', ['How long does delivery take?', 'When will it ship?', 'Do you ship to Canada?']],
  ] as const)
    await server.run(CreateIntentDocument, { input: { name, examples: [...examples] } })
  keys.push(await server.createKey('AGENT'))
})
afterAll(async () => await server?.stop())

/** A customer asks, the draft is written, and an agent says what should have been written. */
async function teach(
  { question, correction, article, intent }: Correction,
  customer: string,
  { named = true, text = correction }: { named?: boolean; text?: string } = {},
) {
  const { openConversation } = await server.run(OpenConversationDocument, {
    input: { message: question, customer: { externalId: customer, name: 'Ann Lee' } },
  })
  if (openConversation.__typename !== 'Conversation') throw new Error(JSON.stringify(openConversation))
  const draftId = await askForDraft(server, openConversation.id)
  await collect(followOverWebSocket(server, draftId))
  const { id: articleId } = await server.app.resources.database.article.findUniqueOrThrow({ where: { slug: article } })
  const input = {
    draftId,
    correction: text,
    ...(named && { correctedIntent: intent, correctedArticleIds: [Buffer.from(`Article:${articleId}`).toString('base64')] }),
  }
  const { giveFeedback } = await server.run(GiveFeedbackDocument, { input }, { key: keys[0]! })
  if (giveFeedback.__typename !== 'Feedback') throw new Error(JSON.stringify(giveFeedback))
  return { draftId, conversationId: openConversation.id }
}

async function retrain(input: { dryRun?: boolean; limit?: number } = {}) {
  const { startRetraining } = await server.run(StartRetrainingDocument, { input })
  if (startRetraining.__typename !== 'RetrainingRun') throw new Error(JSON.stringify(startRetraining))
  const steps: string[] = []
  for await (const { runEvents } of server.events(RunEventsDocument, { runId: startRetraining.id, afterSeq: 0 }))
    steps.push(runEvents.__typename === 'RunProgress' ? runEvents.step : runEvents.__typename)
  const { node } = await server.run(RetrainingRunDocument, { id: startRetraining.id })
  return { ...(node as Extract<typeof node, { activated: boolean }>), steps: [...new Set(steps)] }
}

const live = () => server.app.resources.learned.current()

describe('a retraining', () => {
  it('with nothing to do completes and says so', async () => {
    expect(await retrain()).toMatchObject({
      status: 'COMPLETED',
      activated: false,
      reason: expect.stringContaining('nothing to learn'),
      examplesProcessed: 0,
    })
  })

  it('learns from what agents wrote, and shows it in the next draft, until it is rolled back', async () => {
    for (const [index, sample] of samples.entries()) await teach(sample, `customer-${index}`)
    const dry = await retrain({ dryRun: true })
    expect(dry).toMatchObject({ status: 'COMPLETED', activated: false, reason: expect.stringContaining('dry run'), examplesProcessed: 0 })
    expect(live().fewShotExamples).toEqual([])
    expect(await server.app.resources.database.trainingExample.count({ where: { OR: [{ processed: true }, { heldOut: true }] } })).toBe(0)

    const run = await retrain()
    // Of eight customers the newest is held out.
    expect(run).toMatchObject({ status: 'COMPLETED', activated: true, examplesProcessed: 7, fewShotExamplesAdded: 7, intentExamplesAdded: 7 })
    expect(run.steps).toEqual([
      'triage',
      'collect',
      'retrieval',
      'articles',
      'intents',
      'examples',
      'measure before',
      'measure after',
      'activate',
      'RunCompleted',
    ])
    expect(run.after!.intentAccuracy).not.toBeNull()
    expect(run.reason).toContain('without a measurement')
    expect(live().voice).toEqual({ greeting: 'Hi there,', signOff: '— The Northwind team' })
    const { trainingExamples } = await server.run(TrainingExamplesDocument, { filter: { processed: true, heldOut: false }, first: 50 })
    expect(trainingExamples.edges).toHaveLength(7)
    expect(trainingExamples.edges.every(({ node }) => node!.processedAt && node!.state === 'APPROVED')).toBe(true)

    const draftId = await askForDraft(server, await desk.open(samples[0]!.question))
    await collect(followOverWebSocket(server, draftId))
    const { draft } = await desk.ask('query ($id: ID!) { draft(id: $id) { text fewShotExamples { question } } }', { id: draftId })
    expect(draft.text).toContain('— The Northwind team')
    expect(draft.fewShotExamples[0].question).toBe(samples[0]!.question)
    expect(JSON.stringify((await server.app.resources.database.draft.findUniqueOrThrow({ where: { id: rowId(draftId) } })).prompt)).toContain(
      '<examples>',
    )

    const { rollBackRetraining } = await server.run(RollBackRetrainingDocument, { input: { runId: run.id } })
    expect(rollBackRetraining).toMatchObject({ __typename: 'RetrainingRun', status: 'COMPLETED' })
    expect(live()).toMatchObject({ retrainingId: null, voice: null, fewShotExamples: [] })
    expect(await server.app.resources.database.intentExample.count({ where: { retrainingId: { not: null } } })).toBe(0)
    expect(server.app.resources.router.current()!.examples).toBe(6)
    expect((await server.run(RollBackRetrainingDocument, { input: { runId: run.id } })).rollBackRetraining.__typename).toBe('RetrainingRun')
    expect((await server.run(RollBackRetrainingDocument, { input: { runId: dry.id } })).rollBackRetraining).toMatchObject({
      __typename: 'ConflictError',
    })
  }, 60_000)

  it('learns again from all of them, counting only the new one', async () => {
    await teach(returns![4]!, 'customer-new')
    const run = await retrain()
    expect(run).toMatchObject({ activated: true, examplesProcessed: 1, fewShotExamplesAdded: 8 })
    expect(await retrain()).toMatchObject({ activated: false, reason: expect.stringContaining('held out for measuring') })
  }, 60_000)

  it('is one at a time, and can be cancelled', async () => {
    await teach(returns![5] ?? shipping![4]!, 'customer-late')
    const starts = await Promise.all([1, 2, 3].map(() => server.run(StartRetrainingDocument, { input: {} })))
    const started = starts.map(({ startRetraining }) => startRetraining)
    expect(started.filter(({ __typename }) => __typename === 'RetrainingRun')).toHaveLength(1)
    expect(started.find(({ __typename }) => __typename === 'ConflictError')).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('cancelRun'),
    })
    const run = started.find(({ __typename }) => __typename === 'RetrainingRun') as { id: string }
    await server.run(CancelRunDocument, { input: { runId: run.id } })
    const ends: string[] = []
    for await (const { runEvents } of server.events(RunEventsDocument, { runId: run.id, afterSeq: 0 })) ends.push(runEvents.__typename)
    expect(['RunCancelled', 'RunCompleted']).toContain(ends.at(-1))
  }, 60_000)

  it('refuses a limit out of range', async () => {
    expect((await server.run(StartRetrainingDocument, { input: { limit: 0 } })).startRetraining).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('limit'),
    })
  })
})

describe('a run that is interrupted', () => {
  it('in any step goes on from there, and counts nothing twice', async () => {
    const { database, queue } = server.app.resources
    const steps = ['triage', 'collect', 'retrieval', 'articles', 'intents', 'examples', 'measure before', 'measure after', 'activate']
    const before = await database.fewShotExample.count({ where: { retiredById: null } })
    await teach(shipping![5] ?? shipping![4]!, 'customer-crash')
    // As no worker would: its job is taken out, and the run is driven here.
    const { id: runId } = await database.run.create({ data: { kind: 'RETRAINING', retraining: { create: {} } } })
    for (const step of steps) {
      const interruption = new AbortController()
      const interrupted = {
        ...server.app.resources,
        wakeUps: {
          ...server.app.resources.wakeUps,
          // Told after the step has been stored: the process dies there.
          notify: () =>
            void database.run.findUniqueOrThrow({ where: { id: runId } }).then((run) => run.step === step && interruption.abort(new Error('killed'))),
        },
      }
      await runRetraining(interrupted, { runId, signal: interruption.signal, isLastTry: false }).catch(() => {})
    }
    await runRetraining(server.app.resources, { runId, signal: new AbortController().signal, isLastTry: true })
    const run = await database.run.findUniqueOrThrow({ where: { id: runId }, include: { retraining: { include: { steps: true } } } })
    expect(run).toMatchObject({ status: 'COMPLETED', retraining: { activated: true } })
    // They hold what customers asked.
    expect(run.retraining!.steps).toEqual([])
    expect(await database.fewShotExample.count({ where: { retiredById: null } })).toBe(before + run.retraining!.fewShotExamplesAdded)
    expect(await database.runEvent.count({ where: { runId, type: 'RunCompleted' } })).toBe(1)
    expect(queue).toBeDefined()
  }, 60_000)
})

describe('what is learned from', () => {
  it('waits for a review when it contradicts what was approved, and a person decides', async () => {
    const sample = returns![0]!
    await teach(sample, 'customer-contra', { text: sample.correction.replace('30 days', '90 days') })
    const contradicting = await expect
      .poll(
        () => server.app.resources.database.trainingExample.findFirst({ where: { correction: { contains: '90 days' }, embedding: { not: null } } }),
        { timeout: 10_000 },
      )
      .toMatchObject({ state: 'CANDIDATE', stateReason: expect.stringContaining('different facts') })
    void contradicting
    const { trainingExamples } = await server.run(TrainingExamplesDocument, { filter: { state: ['CANDIDATE'] }, first: 5 })
    const { id } = trainingExamples.edges.find(({ node }) => node!.correction?.includes('90 days'))!.node!
    const review = await server.run(ReviewTrainingExampleDocument, { input: { trainingExampleId: id, state: 'EXCLUDED' } })
    expect(review.reviewTrainingExample).toMatchObject({ state: 'EXCLUDED' })
    expect(
      (await server.run(ReviewTrainingExampleDocument, { input: { trainingExampleId: 'nobody', state: 'APPROVED' } })).reviewTrainingExample,
    ).toMatchObject({ code: 'NOT_FOUND' })
  }, 30_000)

  it('is told with its evidence', async () => {
    const { trainingExamples } = await desk.ask(
      '{ trainingExamples(first: 20) { edges { node { lesson evidence { kind text article { slug } quote } articles { slug } context { text } prompt { role } } } } }',
    )
    const nodes = trainingExamples.edges.map(({ node }: { node: any }) => node)
    expect(nodes.every(({ lesson }: any) => lesson !== null)).toBe(true)
    expect(nodes.some(({ evidence }: any) => evidence.some(({ article, quote }: any) => article && quote))).toBe(true)
  })

  it('has a plan', async () => {
    const { trainingReadiness } = await server.run(TrainingReadinessDocument, {})
    expect(trainingReadiness).toMatchObject({ approach: 'RAG_WITH_FEW_SHOT', reason: expect.stringContaining('fewer than 100') })
  })

  it('is forgotten when its agent is revoked, and everything is learned anew', async () => {
    const { database } = server.app.resources
    const agent = await database.trainingExample.findFirstOrThrow({ where: { processed: true }, select: { agentId: true } })
    const input = { agentId: Buffer.from(`Agent:${agent.agentId}`).toString('base64') }
    const mutation =
      'mutation ($input: RevokeAgentContributionsInput!) { revokeAgentContributions(input: $input) { __typename ... on RevokedContributions { examples learnedItems run { id } } ... on Error { code } } }'
    const { revokeAgentContributions } = await desk.ask(mutation, { input })
    expect(revokeAgentContributions).toMatchObject({
      __typename: 'RevokedContributions',
      learnedItems: expect.any(Number),
      run: { id: expect.any(String) },
    })
    const ends: string[] = []
    for await (const { runEvents } of server.events(RunEventsDocument, { runId: revokeAgentContributions.run.id, afterSeq: 0 }))
      ends.push(runEvents.__typename)
    expect(ends.at(-1)).toBe('RunCompleted')
    await server.app.resources.learned.refresh()
    expect(live().fewShotExamples).toEqual([])
    expect(await database.trainingExample.count({ where: { agentId: agent.agentId, state: { not: 'EXCLUDED' } } })).toBe(0)
    expect((await desk.ask(mutation, { input })).revokeAgentContributions).toMatchObject({ examples: 0, learnedItems: 0, run: null })
  }, 60_000)
})

describe('the schedule', () => {
  it('is kept by the queue, and off by null', async () => {
    const { scheduleRetraining } = await server.run(ScheduleRetrainingDocument, { input: { cron: '0 3 * * *', minimumExamples: 50 } })
    expect(scheduleRetraining).toMatchObject({ cron: '0 3 * * *', minimumExamples: 50, nextRunAt: expect.stringMatching(/T03:00:00/) })
    expect(await server.app.resources.database.$queryRaw`SELECT name, cron, timezone FROM pgboss.schedule`).toEqual([
      { name: 'schedule-retraining', cron: '0 3 * * *', timezone: 'UTC' },
    ])
    await server.app.resources.queue.send('schedule-retraining', {})
    await expect
      .poll(async () => (await desk.ask('{ retrainingSchedule { skippedReason } }')).retrainingSchedule.skippedReason ?? '', { timeout: 10_000 })
      .toContain('new examples, and 50 are asked for')
    expect((await server.run(ScheduleRetrainingDocument, { input: { cron: null } })).scheduleRetraining).toMatchObject({
      cron: null,
      nextRunAt: null,
    })
    expect(await server.app.resources.database.$queryRaw`SELECT name FROM pgboss.schedule`).toEqual([])
  }, 30_000)

  it.each(['tomorrow', '* * * * *', '0 3 * *', '0 0 30 2 *', '99 3 * * *', '* '.repeat(200)])('refuses %s', async (cron) => {
    const { scheduleRetraining } = await server.run(ScheduleRetrainingDocument, { input: { cron } })
    expect(scheduleRetraining).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining('cron') })
  })
})
