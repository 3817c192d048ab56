import { print } from 'graphql'
import { createClient as createSseClient } from 'graphql-sse'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { ExtractiveGenerator } from '../../src/engines/extractive-generator.ts'
import { GeneratorError } from '../../src/engines/generator.ts'
import {
  AddMessageDocument,
  CancelDraftDocument,
  ConversationDocument,
  CreateArticleDocument,
  DraftByIdDocument,
  DraftEventsDocument,
  type DraftEventsSubscription,
  DraftReplyDocument,
  OpenConversationDocument,
  ResolveConversationDocument,
} from '../generated/graphql.ts'
import { type Script, scriptGenerator } from '../support/scripted-generator.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

type Event = DraftEventsSubscription['draftEvents']

let server: TestServer
let script: Script = { pieces: [] }
const words = ['Hi there,\n\n', 'You can return ', 'it within 30 days of delivery [1', ']. ', 'The label is free [1].', '\n\n— The support team']
const scripted = scriptGenerator(() => script)

beforeAll(async () => {
  server = await startServer({ generators: { ...scripted.generators, fallback: () => fallback } })
  // It loads with the first text, which can take longer than createArticle waits.
  await server.app.resources.embedder?.embed(['hello'])
  await server.run(CreateArticleDocument, {
    input: {
      title: 'Return & Refund Policy',
      category: 'Returns',
      body: 'You can return an item within 30 days of delivery and get your money back. We refund your original payment method.\n\n## Costs\n\nThe return label is free within the United States.',
    },
  })
  const states = async () => (await server.post({ query: '{ articles(first: 2) { edges { node { indexState } } } }' })).body.data.articles.edges
  await vi.waitFor(async () => expect(await states()).toEqual([{ node: { indexState: 'INDEXED' } }]), { timeout: 60_000 })
})
afterAll(() => server?.stop())
let fallback: ExtractiveGenerator | null = null

async function open(message = 'How do I get my money back?') {
  const { openConversation } = await server.run(OpenConversationDocument, { input: { message } })
  if (openConversation.__typename !== 'Conversation') throw new Error(openConversation.__typename)
  return openConversation.id
}

async function draft(conversationId: string, input: { instruction?: string } = {}) {
  const { draftReply } = await server.run(DraftReplyDocument, { input: { conversationId, ...input } })
  if (draftReply.__typename !== 'Draft') throw new Error(JSON.stringify(draftReply))
  return draftReply.id
}

async function collect(draftId: string, afterSeq = 0): Promise<Event[]> {
  const events: Event[] = []
  for await (const { draftEvents } of server.events(DraftEventsDocument, { draftId, afterSeq })) events.push(draftEvents)
  return events
}

const textOf = (events: Event[]) => events.map((event) => (event.__typename === 'DraftDelta' ? event.text : '')).join('')

/** A promise that a script waits for. */
function gate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open: () => open(), wait: () => opened }
}

describe('drafting a reply', () => {
  it('streams a cited draft whose deltas are its text', async () => {
    script = { pieces: words.flatMap((word) => [word, 5]), usage: { promptTokens: 200, completionTokens: 30 } }
    const events = await collect(await draft(await open()))

    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
    const started = events[2]!
    expect(started).toMatchObject({ __typename: 'DraftStarted', model: 'scripted' })
    expect(started.__typename === 'DraftStarted' && started.citations[0]?.article?.title).toBe('Return & Refund Policy')
    const completed = events.at(-1)!
    if (completed.__typename !== 'DraftCompleted') throw new Error(completed.__typename)
    expect(completed.draft.text).toBe('Hi there,\n\nYou can return it within 30 days of delivery. The label is free.\n\n— The support team')
    expect(textOf(events)).toBe(completed.draft.text)
    expect(completed.usage).toEqual({ promptTokens: 200, completionTokens: 30 })
    expect(completed.draft).toMatchObject({
      status: 'READY',
      origin: 'OLLAMA',
      fallbackFrom: null,
      queuePosition: null,
      modelVersion: { name: 'Built-in' },
    })
    const used = completed.draft.citations.filter((citation) => citation.used)
    expect(used).toHaveLength(1)
    for (const { start, end } of used[0]!.spans) expect(completed.draft.text.slice(start, end)).toMatch(/30 days|label is free/)
    expect(completed.draft.support?.score).toBeGreaterThan(0.5)
    expect(completed.draft.timings.totalMs).toBeGreaterThan(0)
    let offset = 0
    for (const event of events) {
      if (event.__typename !== 'DraftDelta') continue
      expect(event.offset).toBe(offset)
      offset += event.text.length
    }
  })

  it('gives the same end and text from every position, over either transport', async () => {
    script = { pieces: words.flatMap((word) => [word, 50]) }
    const draftId = await draft(await open())
    const live = await collect(draftId)
    for (let afterSeq = 0; afterSeq < live.length; afterSeq++) {
      const rest = await collect(draftId, afterSeq)
      expect(rest.map(({ seq }) => seq)).toEqual(live.slice(afterSeq).map(({ seq }) => seq))
      expect(textOf(live.slice(0, afterSeq)) + textOf(rest)).toBe(textOf(live))
    }
    expect(await collect(draftId, live.length)).toEqual([])
    const sse = createSseClient({ url: server.url, headers: { authorization: `Bearer ${server.adminKey}` } })
    const overSse: Event[] = []
    for await (const { data } of sse.iterate<DraftEventsSubscription>({ query: print(DraftEventsDocument), variables: { draftId, afterSeq: 1 } }))
      overSse.push(data!.draftEvents)
    sse.dispose()
    expect(overSse).toEqual(live.slice(1))
    expect(live.length).toBeGreaterThan(4)
  })

  it('serves several subscribers at once, of which one may leave', async () => {
    const { open: release, wait } = gate()
    script = { pieces: ['Hello', wait, ' world'] }
    const draftId = await draft(await open())
    const leaver = server.events(DraftEventsDocument, { draftId })
    const first = await leaver.next()
    expect(first.value?.draftEvents.seq).toBe(1)
    await leaver.return?.()
    const others = Promise.all([collect(draftId), collect(draftId), collect(draftId)])
    release()
    for (const events of await others) expect(textOf(events)).toBe('Hello world')
  })

  it('returns the draft in flight when asked again, and starts anew for an instruction', async () => {
    const { open: release, wait } = gate()
    script = { pieces: ['A', wait, 'B'] }
    const conversationId = await open()
    const first = await draft(conversationId)
    expect(await draft(conversationId)).toBe(first)
    const second = await draft(conversationId, { instruction: 'Offer a coupon.' })
    expect(second).not.toBe(first)
    release()
    expect((await collect(first)).at(-1)).toMatchObject({ __typename: 'DraftCancelled', draft: { status: 'SUPERSEDED' } })
    expect((await collect(second)).at(-1)?.__typename).toBe('DraftCompleted')
    expect(scripted.requests.at(-1)?.messages.at(-1)?.content).toContain('Offer a coupon.')
  })

  it('stops the model when cancelled, keeps the text, and may be cancelled again', async () => {
    const { wait } = gate()
    script = { pieces: ['Half a ', 'reply', wait, 'never'] }
    const draftId = await draft(await open())
    for await (const { draftEvents } of server.events(DraftEventsDocument, { draftId })) {
      if (draftEvents.__typename === 'DraftDelta' && draftEvents.offset + draftEvents.text.length >= 'Half a reply'.length) break
    }
    const { cancelDraft } = await server.run(CancelDraftDocument, { input: { draftId } })
    expect(cancelDraft).toMatchObject({ __typename: 'Draft', status: 'CANCELLED', text: 'Half a reply' })
    await expect.poll(() => scripted.aborted.at(-1)).toBe(true)
    expect((await collect(draftId)).at(-1)).toMatchObject({ __typename: 'DraftCancelled', draft: { status: 'CANCELLED' } })
    expect((await server.run(CancelDraftDocument, { input: { draftId } })).cancelDraft).toMatchObject({ __typename: 'Draft', status: 'CANCELLED' })
  })

  it('is superseded by a newer message, also when it was ready', async () => {
    const { open: release, wait } = gate()
    script = { pieces: ['A', wait, 'B'] }
    const conversationId = await open()
    const inFlight = await draft(conversationId)
    await server.run(AddMessageDocument, { input: { conversationId, text: 'It is a jacket.' } })
    release()
    expect((await collect(inFlight)).at(-1)).toMatchObject({ __typename: 'DraftCancelled', draft: { status: 'SUPERSEDED' } })
    script = { pieces: ['Ready'] }
    const ready = await draft(conversationId)
    expect((await collect(ready)).at(-1)?.__typename).toBe('DraftCompleted')
    expect(scripted.requests.at(-1)?.question).toBe('How do I get my money back?\n\nIt is a jacket.')
    await server.run(AddMessageDocument, { input: { conversationId, text: 'Blue.' } })
    expect((await server.run(DraftByIdDocument, { id: ready })).draft?.status).toBe('SUPERSEDED')
  })

  it('fails with its reason and the text so far when the model dies', async () => {
    script = { pieces: ['Half'], failWith: new GeneratorError('The model went away.', { retryable: true }) }
    const draftId = await draft(await open())
    expect((await collect(draftId)).at(-1)).toMatchObject({
      __typename: 'DraftFailed',
      code: 'GENERATOR_UNAVAILABLE',
      message: 'The model went away.',
      retryable: true,
      draft: { status: 'FAILED', text: 'Half' },
    })
  })

  it('falls back before the first word, and says so', async () => {
    fallback = new ExtractiveGenerator({ embedder: server.app.resources.embedder })
    script = { pieces: [], failWith: new GeneratorError('Nobody is there.', { retryable: true }) }
    const events = await collect(await draft(await open()))
    fallback = null
    expect(events.at(-1)).toMatchObject({ __typename: 'DraftCompleted', draft: { origin: 'EXTRACTIVE', fallbackFrom: 'OLLAMA' } })
    expect(textOf(events)).toContain('30 days')
  })

  it('does not draft for a resolved or unknown conversation', async () => {
    const conversationId = await open()
    await server.run(ResolveConversationDocument, { input: { conversationId } })
    const refused = async (id: string) => (await server.run(DraftReplyDocument, { input: { conversationId: id } })).draftReply
    expect(await refused(conversationId)).toMatchObject({ __typename: 'ConversationResolvedError', code: 'CONVERSATION_RESOLVED' })
    expect(await refused('nonsense')).toMatchObject({ __typename: 'NotFoundError', code: 'NOT_FOUND' })
  })

  it('shows the conversation with its drafts, messages and timeline', async () => {
    script = { pieces: ['Fine.'] }
    const conversationId = await open()
    await collect(await draft(conversationId))
    const { conversation } = await server.run(ConversationDocument, { id: conversationId })
    expect(conversation?.messages.edges.map(({ node }) => node.kind)).toEqual(['CUSTOMER'])
    expect(conversation?.drafts.edges[0]?.node).toMatchObject({ text: 'Fine.', status: 'READY' })
    expect(conversation?.timeline.edges.map(({ node }) => node.__typename)).toEqual([
      'ConversationOpenedEntry',
      'MessageEntry',
      'DraftEntry',
      'DraftEntry',
    ])
  })

  it('refuses one draft more than the queue may hold', async () => {
    const { open: release, wait } = gate()
    const crowded = scriptGenerator({ pieces: ['A', wait] })
    const small = await startServer({ ...crowded, environment: { DRAFT_QUEUE_LIMIT: '2', DRAFT_CONCURRENCY: '1' } })
    try {
      const ask = async () => {
        const { openConversation } = await small.run(OpenConversationDocument, { input: { message: 'Hello?' } })
        if (openConversation.__typename !== 'Conversation') throw new Error(openConversation.__typename)
        return (await small.run(DraftReplyDocument, { input: { conversationId: openConversation.id } })).draftReply
      }
      const first = await ask()
      if (first.__typename !== 'Draft') throw new Error(first.__typename)
      await expect.poll(async () => (await small.run(DraftByIdDocument, { id: first.id })).draft?.status).toBe('STREAMING')
      const second = await ask()
      const third = await ask()
      if (second.__typename !== 'Draft' || third.__typename !== 'Draft') throw new Error('refused too early')
      expect((await small.run(DraftByIdDocument, { id: third.id })).draft?.queuePosition).toBe(2)
      expect(await ask()).toMatchObject({ __typename: 'QueueFullError', code: 'QUEUE_FULL' })
    } finally {
      release()
      await small.stop()
    }
  })
})
