import { readFile } from 'node:fs/promises'
import { gql, InMemoryCache } from '@apollo/client'
import { print } from 'graphql'
import { createClient } from 'graphql-ws'
import { Window } from 'happy-dom'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { CreateApiKeyDocument, RegisterOperationsDocument } from '../generated/graphql.ts'
import { deskOf } from '../support/desk.ts'
import { scriptGenerator } from '../support/scripted-generator.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { apolloDesk } from './apollo.ts'
import { apolloForPartner } from './apollo-partner.ts'
import { applyDraftEvent, type DraftState, noDraft } from './apply-draft-event.ts'
import { watchConnections } from './cut-connections.ts'
import {
  DraftReplyDocument,
  FollowDraftDocument,
  type FollowDraftSubscription,
  OneConversationDocument,
  OpenConversationDocument,
} from './generated/graphql.ts'
import { graphqlSseDesk } from './graphql-sse.ts'
import { graphqlWsDesk } from './graphql-ws.ts'
import { fetchDesk } from './plain-fetch.ts'
import { relayDesk } from './relay/relay-desk.ts'
import { urqlDesk } from './urql.ts'

interface Desk {
  ask(message: string): Promise<string>
  follow(draftId: string, show: (draft: DraftState) => void): Promise<DraftState>
  close?(): unknown
}

let server: TestServer
let agentKey: string
let partnerKey: string
let goOn = () => {}
const text = 'Your money comes back within 14 days, to the card that you paid with.'
const connections = watchConnections()
const { generators } = scriptGenerator(() => ({
  pieces: [
    'Your money ',
    'comes back ',
    () => new Promise<void>((resolve) => (goOn = resolve)),
    'within 14 days, ',
    'to the card that you paid with.',
  ],
}))

beforeAll(async () => {
  server = await startServer({ generators, environment: { EMBEDDER: 'none' } })
  agentKey = await server.createKey('AGENT')
  partnerKey = await partnerWith(await manifest('generated/persisted-documents.json'), await manifest('relay/persisted-queries.json'))
})
afterAll(async () => {
  connections.stop()
  goOn()
  await server?.stop()
})

async function manifest(path: string): Promise<Record<string, string>> {
  return JSON.parse(await readFile(new URL(path, import.meta.url), 'utf8'))
}

async function partnerWith(...manifests: Record<string, string>[]): Promise<string> {
  const { createApiKey } = await server.run(CreateApiKeyDocument, { input: { name: 'Acme', role: 'PARTNER' } })
  if (createApiKey.__typename !== 'CreatedApiKey') throw new Error(createApiKey.message)
  const documents = manifests.flatMap((manifest) => Object.entries(manifest)).map(([hash, body]) => ({ hash, body }))
  const { registerOperations } = await server.run(RegisterOperationsDocument, { input: { apiKeyId: createApiKey.apiKey.id, documents } })
  if (registerOperations.__typename !== 'OperationManifest') throw new Error(registerOperations.message)
  return createApiKey.secret
}

const reconnecting = () =>
  createClient({
    url: server.url.replace(/^http/, 'ws'),
    connectionParams: { authorization: `Bearer ${agentKey}` },
    shouldRetry: () => true,
    retryWait: async () => {},
  })

const desks: [string, (key?: string) => Desk][] = [
  ['fetch', (key = agentKey) => fetchDesk(server.url, key)],
  ['graphql-ws', (key = agentKey) => graphqlWsDesk(server.url, key)],
  ['graphql-sse', (key = agentKey) => graphqlSseDesk(server.url, key)],
  ['urql', (key = agentKey) => urqlDesk(server.url, key)],
  ['Apollo Client', (key = agentKey) => apolloDesk(server.url, key)],
  ['Relay', (key = partnerKey) => relayDesk(server.url, key)],
]

/** Follows a draft whose connection is cut after a few words; the generator writes on while the client is away. */
async function followThroughCut(follow: Desk['follow'], draftId: string) {
  const shown: string[] = []
  let cut = 0
  const draft = await follow(draftId, ({ text }) => {
    if (text !== shown.at(-1)) shown.push(text)
    if (text.includes('comes') && cut === 0) {
      cut = connections.cut()
      goOn()
    }
  })
  expect(cut).toBe(1)
  expect(draft).toMatchObject({ text, ended: 'DraftCompleted' })
  expect((await deskOf(() => server).ask('query ($id: ID!) { draft(id: $id) { status text } }', { id: draftId })).draft).toEqual({
    status: 'READY',
    text,
  })
  for (const [index, now] of shown.entries()) expect(now.startsWith(shown[index - 1] ?? '')).toBe(true)
}

describe('a draft that is followed through a cut', () => {
  it.each(desks)('comes whole with %s, and no text is shown twice', async (_name, open) => {
    const desk = open()
    try {
      await followThroughCut(desk.follow, await desk.ask('How do I get my money back?'))
      await expect(desk.ask('')).rejects.toThrow('message')
    } finally {
      await desk.close?.()
    }
  })

  it.each(desks)('is no endless retrying with %s and a key that is not valid', async (name, open) => {
    const desk = open('nobody')
    await expect(desk.follow('nothing', () => {})).rejects.toThrow()
    if (name === 'graphql-ws')
      await expect(desk.follow('nothing', () => {})).rejects.toThrow('The key or token is not valid, or no longer. Get a new one')
    await desk.close?.()
  })

  it('comes whole with Apollo Client to a partner, who sends hashes only', async () => {
    const { client, socket } = apolloForPartner(server.url, partnerKey)
    const { data: opened } = await client.mutate({ mutation: OpenConversationDocument, variables: { input: { message: 'Where is my money?' } } })
    if (opened?.openConversation.__typename !== 'Conversation') throw new Error('not opened')
    const conversationId = opened.openConversation.id
    const { data: drafted } = await client.mutate({ mutation: DraftReplyDocument, variables: { input: { conversationId } } })
    if (drafted?.draftReply.__typename !== 'Draft') throw new Error('not drafted')
    let draft = noDraft
    const follow: Desk['follow'] = async (draftId, show) => {
      const events = client.subscribe({ query: FollowDraftDocument, variables: { draftId, afterSeq: 0 }, fetchPolicy: 'no-cache' })
      await events.forEach(({ data }) => data && show((draft = applyDraftEvent(draft, data.draftEvents))))
      return draft
    }
    await followThroughCut(follow, drafted.draftReply.id)
    const { data } = await client.query({ query: OneConversationDocument, variables: { id: conversationId } })
    expect(data?.node).toMatchObject({ __typename: 'Conversation', status: 'OPEN' })
    client.stop()
    await socket.dispose()
  })

  it('is shown by a React hook, and so is another draft in its place', async () => {
    const window = new Window()
    Object.assign(globalThis, { window, document: window.document })
    const socket = reconnecting()
    try {
      const [{ createElement }, { createRoot }, { Draft }] = await Promise.all([
        import('react'),
        import('react-dom/client'),
        import('./use-draft.tsx'),
      ])
      const container = window.document.createElement('main')
      const root = createRoot(container as never)
      const desk = fetchDesk(server.url, agentKey)
      for (let cuts = 0; cuts < 2; cuts++) {
        const draftId = await desk.ask('How do I get my money back?')
        root.render(createElement(Draft, { client: socket, draftId }))
        await expect.poll(() => container.textContent).toMatch(/^Your money comes( back)?$/)
        expect(connections.cut()).toBe(1)
        goOn()
        await expect.poll(() => container.innerHTML).toBe(`<p role="status" aria-busy="false">${text}</p>`)
      }
      root.render(createElement(Draft, { client: socket, draftId: 'nothing' }))
      await expect.poll(() => container.textContent).toContain('no such draft')
      root.unmount()
    } finally {
      await socket.dispose()
      await window.happyDOM.close()
      Reflect.deleteProperty(globalThis, 'window')
      Reflect.deleteProperty(globalThis, 'document')
    }
  })
})

describe('what each library has of its own', () => {
  it('graphql-ws subscribes again as it did the first time, and tells what it has told', async () => {
    const socket = reconnecting()
    const draftId = await fetchDesk(server.url, agentKey).ask('How do I get my money back?')
    const seqs: number[] = []
    let draft = noDraft
    const variables = { draftId, afterSeq: 0 }
    for await (const { data } of socket.iterate<FollowDraftSubscription>({ query: print(FollowDraftDocument), variables })) {
      seqs.push(data!.draftEvents.seq)
      const before = draft
      draft = applyDraftEvent(draft, data!.draftEvents)
      if (draft.text.includes('comes') && !before.text.includes('comes')) {
        connections.cut()
        goOn()
      }
    }
    await socket.dispose()
    expect(seqs.filter((seq) => seq === 1)).toHaveLength(2)
    expect(draft).toEqual({ seq: Math.max(...seqs), text, ended: 'DraftCompleted' })
  })

  it('Apollo’s cache keeps what is asked of an interface, by possible-types.json', async () => {
    const { client, close } = apolloDesk(server.url, agentKey)
    const id = await deskOf(() => server).open('Hello?')
    const query = gql`query Entries($id: ID!) { conversation(id: $id) { id timeline { edges { node { __typename ... on TimelineEntry { id at } } } } } }`
    const options = { query, variables: { id } }
    const { data } = await client.query<any>(options)
    expect(data.conversation.timeline.edges[0].node).toMatchObject({ id: expect.any(String), at: expect.any(String) })
    expect(client.cache.readQuery<any>(options)?.conversation.timeline).toEqual(data.conversation.timeline)
    const warned = vi.spyOn(console, 'warn').mockReturnValue()
    const without = new InMemoryCache()
    without.writeQuery({ ...options, data })
    expect(without.readQuery<any>(options)?.conversation.timeline.edges[0].node.at).toBeUndefined()
    expect(warned.mock.calls.flat().join()).toContain('TimelineEntry')
    await close()
  })

  it('Relay has one record of a conversation, by whichever way it came', async () => {
    const desk = relayDesk(server.url, partnerKey)
    const draftId = await desk.ask('Where is my parcel?')
    const page = await desk.inbox(1, null)
    const { id } = page!.conversations.edges[0]!.node
    expect(page!.conversations.pageInfo.endCursor).toBeTruthy()
    const before = await desk.inbox(1, page!.conversations.pageInfo.endCursor!)
    expect(before!.conversations.edges.map(({ node }) => node.id)).not.toContain(id)
    expect((await desk.conversation(id))!.node).toMatchObject({ id, status: 'OPEN' })
    const record = desk.environment.getStore().getSource().get(id)
    expect(record).toMatchObject({ __typename: 'Conversation', lastMessage: { __ref: expect.any(String) }, customer: { __ref: expect.any(String) } })
    goOn()
    await desk.follow(draftId, () => {})
    await desk.close()
  })
})

describe('applyDraftEvent', () => {
  const delta = (seq: number, offset: number, text: string) => ({ __typename: 'DraftDelta' as const, seq, offset, text })
  const snapshot = (seq: number, text: string) => ({ __typename: 'DraftSnapshot' as const, seq, text })

  it('puts text where it belongs, and lets a snapshot replace it', () => {
    const draft = [delta(1, 0, 'Your '), delta(2, 5, 'money'), snapshot(9, 'Your money comes'), delta(10, 16, ' back')].reduce(
      applyDraftEvent,
      noDraft,
    )
    expect(draft).toEqual({ seq: 10, text: 'Your money comes back', ended: null })
  })

  it('drops what it has', () => {
    const draft = [delta(1, 0, 'Your '), delta(2, 5, 'money')].reduce(applyDraftEvent, noDraft)
    for (const known of [delta(1, 0, 'Your '), delta(2, 5, 'money'), snapshot(2, 'Your money')]) expect(applyDraftEvent(draft, known)).toBe(draft)
  })
})
