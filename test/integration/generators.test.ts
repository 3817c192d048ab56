import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  CancelDraftDocument,
  DraftEventsDocument,
  type DraftEventsSubscription,
  DraftReplyDocument,
  OpenConversationDocument,
} from '../generated/graphql.ts'
import { type Chat, type SlowOllama, startReplay } from '../support/slow-ollama.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

type Event = DraftEventsSubscription['draftEvents']

const pieces = 6
let ollama: SlowOllama
beforeAll(async () => {
  ollama = await startReplay({ pieces, pauseMs: 10 })
})
afterEach(() => ollama.always({ goes: 'well' }))
afterAll(() => ollama.close())

async function startWith(environment: Record<string, string>): Promise<TestServer> {
  return startServer({
    environment: {
      EMBEDDER: 'none',
      GENERATOR: 'ollama',
      OLLAMA_HOST: ollama.url,
      OLLAMA_MODEL: 'scripted',
      HAND_OVER_TIMEOUT_MS: '0',
      ...environment,
    },
  })
}

async function ask(server: TestServer, message = 'How do I get my money back?', input: { instruction?: string; tone?: 'FORMAL' } = {}) {
  const { openConversation } = await server.run(OpenConversationDocument, { input: { message } })
  if (openConversation.__typename !== 'Conversation') throw new Error(openConversation.__typename)
  const { draftReply } = await server.run(DraftReplyDocument, { input: { conversationId: openConversation.id, ...input } })
  if (draftReply.__typename !== 'Draft') throw new Error(draftReply.__typename)
  return { draftId: draftReply.id, conversationId: openConversation.id }
}

async function follow(server: TestServer, draftId: string): Promise<Event> {
  let last: Event | undefined
  for await (const { draftEvents } of server.events(DraftEventsDocument, { draftId })) last = draftEvents
  return last!
}

const lastEvent = async (server: TestServer) => follow(server, (await ask(server)).draftId)

const fields =
  'status text origin queuePosition fallbackFrom fallbackReason contextTruncated usage { estimatedPromptTokens promptTokens completionTokens } failure { code retryable }'
async function read(server: TestServer, draftId: string) {
  const { body } = await server.post({ query: `query ($id: ID!) { draft(id: $id) { ${fields} } }`, variables: { id: draftId } })
  return body.data.draft
}

const beforeTheFirstWord: [string, Chat, string][] = [
  ['refuses with 500', { goes: 'refused', status: 500, error: 'llama runner has terminated' }, 'llama runner has terminated'],
  ['lacks the model', { goes: 'refused', status: 404, error: 'model "scripted" not found' }, 'ollama pull scripted'],
  ['closes the connection', { goes: 'unanswered' }, 'cannot be reached'],
  ['sends no headers', { goes: 'silent' }, 'FIRST_TOKEN_TIMEOUT_MS'],
  ['sends no word', { goes: 'hanging', after: 0 }, 'FIRST_TOKEN_TIMEOUT_MS'],
  ['says in its stream what is wrong', { goes: 'wrong', after: 0, error: 'out of memory' }, 'out of memory'],
  ['ends its stream at once', { goes: 'unfinished', after: 0 }, 'ended early'],
  ['sends what is no JSON', { goes: 'garbled', after: 0 }, 'ended early'],
]
const afterTheFirstWord: [string, Chat, string][] = [
  ['dies', { goes: 'dead', after: 3 }, 'GENERATOR_UNAVAILABLE'],
  ['ends its stream', { goes: 'unfinished', after: 3 }, 'GENERATOR_UNAVAILABLE'],
  ['says what is wrong', { goes: 'wrong', after: 3, error: 'out of memory' }, 'GENERATOR_UNAVAILABLE'],
  ['sends what is no JSON', { goes: 'garbled', after: 3 }, 'GENERATOR_UNAVAILABLE'],
  ['hangs', { goes: 'hanging', after: 3 }, 'TIMEOUT'],
]
// Short deadlines only where they are what is tested: on a busy machine everything else may take longer than they last.
const patient = { GENERATOR_RETRIES: '1', GENERATOR_CIRCUIT_FAILURES: '100' }
const impatient = { ...patient, FIRST_TOKEN_TIMEOUT_MS: '700', IDLE_TOKEN_TIMEOUT_MS: '300' }
/** One server with its usual deadlines, and one with short ones for a model that says nothing. */
async function startBoth(environment: Record<string, string> = {}) {
  const usual = await startWith({ ...patient, ...environment })
  const hasty = await startWith({ ...impatient, ...environment })
  return {
    usual,
    serverFor: ({ goes }: Chat) => (goes === 'silent' || goes === 'hanging' ? hasty : usual),
    stop: async () => {
      await usual.stop()
      await hasty.stop()
    },
  }
}

describe('with GENERATOR_FALLBACK=extractive', () => {
  let servers: Awaited<ReturnType<typeof startBoth>>
  beforeAll(async () => {
    servers = await startBoth({ GENERATOR_FALLBACK: 'extractive' })
    return () => servers.stop()
  })

  it.each(beforeTheFirstWord)(
    'a server that %s leaves the draft to the extractive engine, which is said with the reason',
    async (_what, chat, reason) => {
      const server = servers.serverFor(chat)
      ollama.always(chat)
      const { draftId } = await ask(server)
      expect((await follow(server, draftId)).__typename).toBe('DraftCompleted')
      expect(await read(server, draftId)).toMatchObject({
        status: 'READY',
        origin: 'EXTRACTIVE',
        fallbackFrom: 'OLLAMA',
        fallbackReason: expect.stringContaining(reason),
      })
      await expect.poll(() => ollama.openChats()).toBe(0)
    },
  )

  it.each(afterTheFirstWord)('a server that %s after some words fails the draft, with its text', async (_what, chat, code) => {
    const server = servers.serverFor(chat)
    ollama.always(chat)
    const { draftId } = await ask(server)
    expect(await follow(server, draftId)).toMatchObject({ __typename: 'DraftFailed', code, retryable: true })
    expect(await read(server, draftId)).toMatchObject({
      status: 'FAILED',
      text: 'word 0 word 1 word 2',
      fallbackFrom: null,
      failure: { code, retryable: true },
    })
  })

  it('a failure that passes is not seen', async () => {
    const server = servers.usual
    ollama.next({ goes: 'refused', status: 503, error: 'server busy' })
    const { draftId } = await ask(server)
    await follow(server, draftId)
    expect(await read(server, draftId)).toMatchObject({ status: 'READY', origin: 'OLLAMA', fallbackFrom: null, fallbackReason: null })
  })

  it('tells what the prompt was counted as, here and by the model', async () => {
    const server = servers.usual
    const { draftId } = await ask(server)
    await follow(server, draftId)
    // The scripted server says 10, as if it had lost nearly all of it.
    const { usage, contextTruncated } = await read(server, draftId)
    expect(usage).toEqual({ estimatedPromptTokens: expect.any(Number), promptTokens: 10, completionTokens: pieces })
    expect(usage.estimatedPromptTokens).toBeGreaterThan(200)
    expect(contextTruncated).toBe(true)
  })
})

describe('with GENERATOR_FALLBACK=none', () => {
  let servers: Awaited<ReturnType<typeof startBoth>>
  beforeAll(async () => {
    servers = await startBoth()
    return () => servers.stop()
  })

  it.each(beforeTheFirstWord)('a server that %s fails the draft', async (what, chat, reason) => {
    ollama.always(chat)
    const code = reason === 'FIRST_TOKEN_TIMEOUT_MS' ? 'TIMEOUT' : 'GENERATOR_UNAVAILABLE'
    expect(await lastEvent(servers.serverFor(chat))).toMatchObject({
      __typename: 'DraftFailed',
      code,
      message: expect.stringContaining(reason),
      retryable: what !== 'lacks the model',
    })
  })

  it('a draft that takes too long in all fails, and the model stops', async () => {
    const slow = await startReplay({ pieces: 1000, pauseMs: 100 })
    const other = await startWith({ OLLAMA_HOST: slow.url, DRAFT_TIMEOUT_MS: '3000' })
    try {
      const event = await lastEvent(other)
      expect(event).toMatchObject({ __typename: 'DraftFailed', code: 'TIMEOUT', retryable: true })
      expect(event.__typename === 'DraftFailed' && event.draft.text).toMatch(/^word 0 word 1/)
      await expect.poll(() => slow.openChats()).toBe(0)
    } finally {
      await other.stop()
      await slow.close()
    }
  })
})

describe('a model that fails time after time', () => {
  let server: TestServer
  beforeEach(async () => {
    server = await startWith({
      GENERATOR_FALLBACK: 'extractive',
      GENERATOR_RETRIES: '0',
      GENERATOR_CIRCUIT_FAILURES: '2',
      GENERATOR_CIRCUIT_OPEN_MS: '1500',
    })
    return () => server.stop()
  })
  const generatorPart = async () => ((await (await fetch(`${server.base}/health/ready`)).json()) as any).parts.generator
  const circuitMetric = async () =>
    /understudy_generator_circuit\{generator="OLLAMA"\} (\d)/.exec(await (await fetch(`${server.base}/metrics`)).text())?.[1]

  it('is left alone, which health and metrics say, until one draft finds it well again', async () => {
    expect(await generatorPart()).toMatchObject({ status: 'ready', circuit: 'closed' })
    ollama.always({ goes: 'refused', status: 500, error: 'broken' })
    for (let failure = 0; failure < 2; failure++) await lastEvent(server)
    expect(await generatorPart()).toMatchObject({ kind: 'OLLAMA', status: 'unavailable', circuit: 'open' })
    expect(await circuitMetric()).toBe('2')

    const asked = ollama.bodies.length
    const { draftId } = await ask(server)
    await follow(server, draftId)
    expect(await read(server, draftId)).toMatchObject({ origin: 'EXTRACTIVE', fallbackReason: expect.stringContaining('2 times in a row') })
    expect(ollama.bodies).toHaveLength(asked)

    ollama.always({ goes: 'well' })
    const origin = async () => {
      const { draftId } = await ask(server)
      await follow(server, draftId)
      return (await read(server, draftId)).origin
    }
    await expect.poll(origin, { timeout: 20_000 }).toBe('OLLAMA')
    expect(await generatorPart()).toMatchObject({ status: 'ready', circuit: 'closed' })
    expect(await circuitMetric()).toBe('0')
  })
})

describe('more drafts than the model writes at once', () => {
  it('wait QUEUED in their order, may be cancelled, and are all written', async () => {
    const slow = await startReplay({ pieces, pauseMs: 10 })
    const server = await startWith({ OLLAMA_HOST: slow.url, GENERATOR_CONCURRENCY: '2', DRAFT_CONCURRENCY: '16' })
    try {
      slow.always({ goes: 'hanging', after: 1 })
      const drafts: string[] = []
      for (let index = 0; index < 2; index++) drafts.push((await ask(server)).draftId)
      await expect.poll(() => slow.openChats()).toBe(2)
      for (let index = 0; index < 4; index++) drafts.push((await ask(server)).draftId)
      const states = async () => Promise.all(drafts.map(async (id) => ((await read(server, id)) as any).queuePosition))
      expect(await states()).toEqual([null, null, 1, 2, 3, 4])
      await server.run(CancelDraftDocument, { input: { draftId: drafts[3]! } })
      expect(await states()).toEqual([null, null, 1, null, 2, 3])
      expect(slow.bodies).toHaveLength(2)
      slow.always({ goes: 'well' })
      for (const draftId of drafts.slice(0, 2)) await server.run(CancelDraftDocument, { input: { draftId } })
      for (const index of [2, 4, 5]) expect(await follow(server, drafts[index]!)).toMatchObject({ __typename: 'DraftCompleted' })
      // The one that was cancelled while it waited never reached the model.
      expect(slow.bodies).toHaveLength(5)
    } finally {
      await server.stop()
      await slow.close()
    }
  })
})
