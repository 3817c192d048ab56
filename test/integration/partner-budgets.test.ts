import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashSecret } from '../../src/services/access/api-keys.ts'
import { createCustomerToken } from '../../src/services/access/create-customer-token.ts'
import { viewerOfKey } from '../../src/services/access/viewer-of-key.ts'
import { deskOf } from '../support/desk.ts'
import { scriptGenerator } from '../support/scripted-generator.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
const { open, mutate, ask } = deskOf(() => server)

beforeAll(async () => {
  server = await startServer({
    ...scriptGenerator({ pieces: ['Thirty days.'], usage: { promptTokens: 60, completionTokens: 40 } }),
    environment: { EMBEDDER: 'none', AUTO_DRAFT: 'true' },
  })
})
afterAll(() => server?.stop())

/** A partner's key, and tokens that it made for customers whom it made up. */
async function partnerOf(customers: number, budgets: { costPerMinute?: number; llmTokensPerDay?: number }) {
  const secret = await server.createKey('PARTNER', budgets)
  const { database } = server.app.resources
  const by = viewerOfKey(await database.apiKey.findUniqueOrThrow({ where: { hash: hashSecret(secret) } }))
  const make = (index: number) => createCustomerToken({ database }, { by, customerExternalId: `${by.callerId} ${index}` })
  return {
    callerId: by.callerId,
    tokens: (await Promise.all(Array.from({ length: customers }, (_, index) => make(index)))).map(({ token }) => token),
  }
}

describe('what customers do whose tokens a partner made', () => {
  it('is paid by the partner’s key too, however many customers it makes up', async () => {
    const { tokens } = await partnerOf(3, { costPerMinute: 100 })
    const list = '{ conversations(first: 40) { edges { node { id } } } }'
    const [one, two, three] = await Promise.all(tokens.slice(0, 3).map((key) => server.post({ query: list }, { key })))
    const refused = [one, two, three].filter((answer) => answer!.status === 429)
    expect(refused).toHaveLength(1)
    expect(refused[0]!.body.errors[0]).toMatchObject({
      message: expect.stringContaining('the partner that made your token has'),
      extensions: { code: 'RATE_LIMITED', limit: { name: 'costPerMinute', maximum: 100 } },
    })
    // Another partner's customers have their own.
    const other = await partnerOf(1, { costPerMinute: 100 })
    expect((await server.post({ query: list }, { key: other.tokens[0]! })).body.extensions.cost.throttleStatus.maximumAvailable).toBe(100)
  })

  it('brings drafts only while the partner’s key has tokens of the language model', async () => {
    const { callerId, tokens } = await partnerOf(3, { llmTokensPerDay: 200 })
    const [one, two, three] = tokens as [string, string, string]
    const drafts = async (conversationId: string) => {
      const { conversation } = await ask(
        'query ($id: ID!) { conversation(id: $id) { drafts { edges { node { status } } } timeline { edges { node { ... on DraftEntry { skipped } } } } } }',
        { id: conversationId },
      )
      return {
        statuses: conversation.drafts.edges.map(({ node }: any) => node.status),
        skipped: conversation.timeline.edges.flatMap(({ node }: any) => node.skipped ?? []),
      }
    }
    for (const key of [one, two]) {
      const id = await open('How long does it take?', {}, key)
      await expect.poll(() => drafts(id)).toEqual({ statuses: ['READY'], skipped: [] })
    }
    const { database } = server.app.resources
    expect(await database.llmUsage.findMany({ where: { callerId } })).toMatchObject([{ tokens: 200 }])
    const without = await open('How long does it take?', {}, three)
    expect(await drafts(without)).toEqual({ statuses: [], skipped: ['NO_TOKENS'] })
    expect(await mutate('addMessage', { conversationId: without, text: 'Hello?' }, 'id', three)).toMatchObject({ __typename: 'Message' })
    expect(await drafts(without)).toEqual({ statuses: [], skipped: ['NO_TOKENS', 'NO_TOKENS'] })
    // The desk decides for itself.
    expect(await mutate('draftReply', { conversationId: without })).toMatchObject({ __typename: 'Draft' })
    // One that came by itself goes with the next message, whoever pays for it.
    expect(await database.draft.findMany({ where: { payerId: callerId }, select: { callerId: true } })).toEqual([
      { callerId: null },
      { callerId: null },
    ])
  })
})
