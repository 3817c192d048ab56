import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { IntentSeed } from '../../src/services/routing/seed-intents.ts'
import {
  AddIntentExamplesDocument,
  CreateIntentDocument,
  DraftReplyDocument,
  GiveFeedbackDocument,
  IntentsDocument,
  OpenConversationDocument,
  RouteMessageDocument,
} from '../generated/graphql.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
const sample = JSON.parse(readFileSync(new URL('../../data/sample-intents.json', import.meta.url), 'utf8')) as IntentSeed[]
const seeds = ['reset_password', 'shipping_question', 'refund_status'].map((name) => sample.find((seed) => seed.name === name)!)

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server?.stop())

async function ask<Data = any>(query: string, variables = {}, key = server.adminKey): Promise<Data> {
  const { body } = await server.post({ query, variables }, { key })
  if (body.errors) throw new Error(JSON.stringify(body.errors))
  return body.data
}
const readRouter = async () =>
  (await ask('{ router { state detail isTraining version trainedAt examples intents accuracy expectedCalibrationError outOfScopeThreshold } }'))
    .router
const routing = 'intent confidence margin outOfScope alternatives { intent confidence } nearest { text intent similarity }'
const create = async (input: { name: string; examples?: string[] }) => (await server.run(CreateIntentDocument, { input })).createIntent
const add = async (intentId: string, examples: string[]) =>
  (await server.run(AddIntentExamplesDocument, { input: { intentId, examples } })).addIntentExamples
const settledAt = (examples: number) => expect.poll(readRouter, { timeout: 60_000 }).toMatchObject({ state: 'READY', isTraining: false, examples })

describe('the router, for staff', () => {
  test('says why it abstains while there is nothing to tell apart', async () => {
    await expect.poll(readRouter).toMatchObject({
      state: 'ABSTAINING',
      detail: expect.stringContaining('fewer than two intents'),
      version: null,
      trainedAt: null,
      accuracy: null,
    })
    const { routeMessage } = await server.run(RouteMessageDocument, { text: 'I forgot my password' })
    expect(routeMessage).toEqual({ intent: null, confidence: 0, margin: 0, outOfScope: false, alternatives: [] })
  })

  test('learns intents as they are created, and says how good it is', async () => {
    for (const { name, examples } of seeds)
      expect(await create({ name, examples })).toMatchObject({ __typename: 'Intent', name, exampleCount: examples.length })
    await settledAt(seeds.flatMap(({ examples }) => examples).length)
    const state = await readRouter()
    expect(state).toMatchObject({ intents: 3, version: expect.any(String), trainedAt: expect.any(String), outOfScopeThreshold: expect.any(Number) })
    expect(state.accuracy).toBeGreaterThan(0.8)
    expect(state.expectedCalibrationError).toBeLessThan(0.2)
    const metrics = await (await fetch(`${server.base}/metrics`, { headers: { authorization: `Bearer ${server.adminKey}` } })).text()
    expect(metrics).toMatch(new RegExp(`understudy_router_examples ${state.examples}\\b`))
    const { intents } = await server.run(IntentsDocument, {})
    expect(intents.edges.map(({ node }) => node.name)).toEqual(seeds.map(({ name }) => name).sort())
  })

  test('explains how it routes', async () => {
    const { routeMessage } = await ask(`query ($text: String!) { routeMessage(text: $text) { ${routing} degraded } }`, {
      text: 'I forgot my password and cannot get in',
    })
    expect(routeMessage).toMatchObject({ intent: 'reset_password', outOfScope: false, degraded: false })
    expect(routeMessage.confidence).toBeGreaterThan(0.5)
    expect(routeMessage.margin).toBeCloseTo(routeMessage.confidence - routeMessage.alternatives[0].confidence, 6)
    expect(routeMessage.alternatives).toHaveLength(2)
    expect(routeMessage.nearest).toHaveLength(3)
    expect(routeMessage.nearest[0]).toMatchObject({ intent: 'reset_password', text: expect.any(String) })
  })

  test.each([
    ['no letter', '?!? 12345 …'],
    ['another script', '我想知道我的包裹在哪里'],
    ['nothing that the examples are about', 'The mitochondria is the powerhouse of the cell'],
  ])('is not sure of a message with %s', async (_, text) => {
    const { routeMessage } = await server.run(RouteMessageDocument, { text })
    expect(routeMessage.intent === null || routeMessage.outOfScope).toBe(true)
  })

  test.each([
    ['empty', ' '],
    ['100 kB', 'shipping '.repeat(12_000)],
  ])('refuses a text that is %s', async (_, text) => {
    const { body } = await server.post({ query: 'query ($text: String!) { routeMessage(text: $text) { intent } }', variables: { text } })
    expect(body.errors[0].extensions.code).toBe('INVALID_INPUT')
  })

  test('is not for customers', async () => {
    const { id } = await server.app.resources.database.customer.create({ data: { name: 'Cleo' } })
    const key = await server.createKey('CUSTOMER', { customerId: id })
    for (const query of ['{ router { version } }', '{ intents { edges { node { name } } } }', '{ routeMessage(text: "Hi there") { intent } }'])
      expect((await server.post({ query }, { key })).body.errors[0].extensions.code).toBe('FORBIDDEN')
  })
})

describe('a draft', () => {
  const text = 'How do I set a new password?'
  test('keeps why it was routed so, and its first event says the same', async () => {
    const { openConversation } = await server.run(OpenConversationDocument, { input: { message: text } })
    if (openConversation.__typename !== 'Conversation') throw new Error(openConversation.__typename)
    const { draftReply } = await server.run(DraftReplyDocument, { input: { conversationId: openConversation.id } })
    if (draftReply.__typename !== 'Draft') throw new Error(draftReply.__typename)
    const readDraft = async () => (await ask(`query ($id: ID!) { draft(id: $id) { status routing { ${routing} } } }`, { id: draftReply.id })).draft
    await expect.poll(readDraft, { timeout: 60_000 }).toMatchObject({ status: 'READY' })
    const draft = await readDraft()
    expect(draft.routing).toMatchObject({ intent: 'reset_password', outOfScope: false })
    expect(draft.routing.alternatives).toHaveLength(2)
    expect(draft.routing.nearest.map(({ intent }: { intent: string }) => intent)).toContain('reset_password')

    const { parse } = await import('graphql')
    const started = parse(
      `subscription ($draftId: ID!) { draftEvents(draftId: $draftId) { __typename ... on DraftStarted { routing { ${routing} } } } }`,
    )
    for await (const { draftEvents } of server.events<any, any>(started as never, { draftId: draftReply.id }))
      if (draftEvents.__typename === 'DraftStarted') expect(draftEvents.routing).toEqual(draft.routing)
  })

  test('that was routed before the reasons were kept has none', async () => {
    const { database } = server.app.resources
    const { id } = await database.draft.findFirstOrThrow()
    await database.$executeRaw`UPDATE "Draft" SET "routingDetails" = NULL WHERE "id" = ${id}`
    const { conversations } = await ask(`{ conversations { edges { node { drafts { edges { node { routing { ${routing} } } } } } } } }`)
    expect(conversations.edges[0].node.drafts.edges[0].node.routing).toMatchObject({ intent: 'reset_password', alternatives: [], nearest: [] })
  })

  test('whose intent an agent corrects teaches nothing at a click', async () => {
    const { database } = server.app.resources
    const before = { router: await readRouter(), examples: await database.intentExample.count() }
    const draft = await database.draft.findFirstOrThrow()
    const { encodeGlobalId } = await import('../../src/schema/global-ids.ts')
    const { giveFeedback } = await server.run(GiveFeedbackDocument, {
      input: { draftId: encodeGlobalId('Draft', draft.id), correctedIntent: 'refund_status' },
    })
    expect(giveFeedback).toMatchObject({ __typename: 'Feedback', effect: expect.stringContaining('Nothing has been learned from it yet') })
    expect(await database.trainingExample.findFirstOrThrow()).toMatchObject({ intent: 'refund_status', processed: false })
    expect(await database.intentExample.count()).toBe(before.examples)
    expect(await database.$transaction((transaction) => server.app.resources.queue.liveJobs('train-router', { transaction }))).toEqual([])
    expect(await readRouter()).toEqual(before.router)
  })
})

describe('intents', () => {
  test('take many calls in a row, and the newest examples win', async () => {
    const { intents } = await server.run(IntentsDocument, {})
    const { id, exampleCount } = intents.edges.find(({ node }) => node.name === 'refund_status')!.node
    const all = (await readRouter()).examples
    const trainings = async () =>
      Number(/understudy_router_training_seconds_count (\d+)/.exec(await server.app.resources.metrics.registry.metrics())![1])
    const before = await trainings()
    await Promise.all(Array.from({ length: 40 }, (_, index) => add(id, [`Where is the money for order ${index}?`])))
    await settledAt(all + 40)
    expect(await add(id, [])).toMatchObject({ exampleCount: exampleCount + 40 })
    expect(await trainings()).toBeLessThan(before + 20)
  })

  test('give examples back', async () => {
    const { intents } = await server.run(IntentsDocument, {})
    const { id, exampleCount } = intents.edges.find(({ node }) => node.name === 'refund_status')!.node
    const all = (await readRouter()).examples
    const remove = `mutation ($input: RemoveIntentExamplesInput!) { removeIntentExamples(input: $input) { ... on Intent { exampleCount } ... on Error { code } } }`
    const input = { intentId: id, examples: ['Where is the money for order 1?', 'Where is the money for order 2?', 'never added'] }
    for (let time = 0; time < 2; time++) expect((await ask(remove, { input })).removeIntentExamples).toEqual({ exampleCount: exampleCount - 2 })
    await settledAt(all - 2)
  })

  test('refuse what is not allowed, with what to do next', async () => {
    const { intents } = await server.run(IntentsDocument, {})
    const { id } = intents.edges[0]!.node
    expect(await create({ name: 'refund_status' })).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('addIntentExamples') })
    expect(await create({ name: ' ' })).toMatchObject({ code: 'INVALID_INPUT' })
    expect(await create({ name: 'x'.repeat(201) })).toMatchObject({ code: 'INVALID_INPUT' })
    expect(await add(id, [''])).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining('examples[0]') })
    expect(await add(id, ['x'.repeat(1_001)])).toMatchObject({ code: 'INVALID_INPUT' })
    expect(
      await add(
        id,
        Array.from({ length: 1_001 }, (_, index) => `example ${index}`),
      ),
    ).toMatchObject({ code: 'INVALID_INPUT' })
    expect(await add('SW50ZW50OjEyMw==', ['Anything'])).toMatchObject({ code: 'NOT_FOUND' })
    expect(await add('nonsense', ['Anything'])).toMatchObject({ code: 'NOT_FOUND' })
  })
})
