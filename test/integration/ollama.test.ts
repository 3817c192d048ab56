import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DraftEventsDocument, type DraftEventsSubscription, DraftReplyDocument, OpenConversationDocument } from '../generated/graphql.ts'
import { type Replay, recording, startReplayOllama } from '../support/replay-ollama.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

const { chunks, ...answer } = recording('chat-stream')
// It was recorded of a shorter prompt than a draft has, and its count would say that most of ours was lost.
const chatStream = {
  ...answer,
  chunks: chunks.map(([at, text]): [number, string] => [at, text.replace('"prompt_eval_count":75,', '"prompt_eval_count":475,')]),
}
const tags: Replay = { recording: recording('tags') }
const routes: Record<string, Replay> = { 'GET /api/tags': tags, 'POST /api/chat': { recording: chatStream } }
let ollama: Awaited<ReturnType<typeof startReplayOllama>>
let server: TestServer

beforeAll(async () => {
  ollama = await startReplayOllama(routes)
  server = await startServer({ environment: { EMBEDDER: 'none', GENERATOR: 'auto', OLLAMA_HOST: ollama.host, OLLAMA_MODEL: 'smollm2' } })
  // The first look gives up after a moment, which a busy machine may need.
  while (server.app.resources.generators.state().kind !== 'OLLAMA') await server.app.resources.generators.refresh()
})
afterAll(async () => {
  await server?.stop()
  await ollama?.close()
})

async function lastEvent(): Promise<DraftEventsSubscription['draftEvents']> {
  const { openConversation } = await server.run(OpenConversationDocument, { input: { message: 'How do I get my money back?' } })
  if (openConversation.__typename !== 'Conversation') throw new Error(openConversation.__typename)
  const { draftReply } = await server.run(DraftReplyDocument, { input: { conversationId: openConversation.id } })
  if (draftReply.__typename !== 'Draft') throw new Error(draftReply.__typename)
  let last: DraftEventsSubscription['draftEvents'] | undefined
  for await (const { draftEvents } of server.events(DraftEventsDocument, { draftId: draftReply.id })) last = draftEvents
  return last!
}

describe('with an Ollama server', () => {
  it('has it write the words, and says so', async () => {
    expect(await (await fetch(`${server.base}/health/ready`)).json()).toMatchObject({ parts: { generator: { kind: 'OLLAMA', status: 'ready' } } })
    const event = await lastEvent()
    if (event.__typename !== 'DraftCompleted') throw new Error(event.__typename)
    expect(event.draft).toMatchObject({ origin: 'OLLAMA', fallbackFrom: null, contextTruncated: false })
    expect(event.draft.text).toMatch(/^You can't get your money back/)
    expect(event.usage.promptTokens).toBeGreaterThan(0)
    expect(ollama.requests.at(-1)?.body).toMatchObject({ model: 'smollm2', stream: true, options: { num_ctx: 4096 } })
  })

  it.each([
    ['the model is missing', { recording: recording('chat-missing-model') }],
    ['the connection dies before the first word', { recording: recording('chat-stream'), dieAfter: 0 }],
  ] satisfies [string, Replay][])('writes extractively when %s, and says so', async (_case, replay) => {
    routes['POST /api/chat'] = replay
    expect(await lastEvent()).toMatchObject({ __typename: 'DraftCompleted', draft: { origin: 'EXTRACTIVE', fallbackFrom: 'OLLAMA' } })
  })

  it('fails with the text so far when the connection dies after the first word', async () => {
    routes['POST /api/chat'] = { recording: recording('chat-stream'), dieAfter: 5 }
    const event = await lastEvent()
    expect(event).toMatchObject({ __typename: 'DraftFailed', code: 'GENERATOR_UNAVAILABLE', retryable: true, draft: { status: 'FAILED' } })
    expect(event.__typename === 'DraftFailed' && event.draft.text).toMatch(/^You can't/)
  })
})
