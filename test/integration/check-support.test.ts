import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  AddMessageDocument,
  AddNoteDocument,
  CheckSupportDocument,
  CreateArticleDocument,
  OpenConversationDocument,
  SendReplyDocument,
} from '../generated/graphql.ts'
import { falseDrafts, helpCenter } from '../support/false-drafts.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer

beforeAll(async () => {
  // By words alone, which is quick: exact facts need no embedder.
  server = await startServer({ environment: { EMBEDDER: 'none' } })
  for (const { title, body, category, audience } of helpCenter) {
    const { createArticle } = await server.run(CreateArticleDocument, { input: { title, body, category, audience } })
    expect(createArticle).toMatchObject({ __typename: 'Article' })
  }
})
afterAll(() => server?.stop())

async function open(message: string): Promise<string> {
  const { openConversation } = await server.run(OpenConversationDocument, { input: { message } })
  if (openConversation.__typename !== 'Conversation') throw new Error(openConversation.__typename)
  return openConversation.id
}
const check = async (conversationId: string, text: string) => (await server.run(CheckSupportDocument, { conversationId, text })).checkSupport!
const namedFacts = ({ unsupported }: { unsupported: { reason: string }[] }) =>
  unsupported.map(({ reason }) => /No source has .*/.exec(reason)?.[0]).filter(Boolean)

describe('the check of what an agent is typing', () => {
  it('flags every one of 50 invented facts, and hardly a true one', async () => {
    const missed: string[] = []
    const falselyFlagged: string[] = []
    const conversations = new Map<string, string>()
    for (const { question, article, truth, falsehood, invented } of falseDrafts(2026)) {
      const key = `${question} (${helpCenter.find(({ slug }) => slug === article)!.title})`
      if (!conversations.has(key)) conversations.set(key, await open(key))
      const conversationId = conversations.get(key)!
      if (namedFacts(await check(conversationId, falsehood)).length === 0) missed.push(`${invented}: ${falsehood}`)
      const named = namedFacts(await check(conversationId, truth))
      if (named.length > 0) falselyFlagged.push(`${article}: ${named.join(' ')}`)
    }
    expect(missed).toEqual([])
    expect(falselyFlagged.length, falselyFlagged.join('\n')).toBeLessThanOrEqual(3)
  })

  it('takes no note for evidence, and what was said before for what it is', async () => {
    const conversationId = await open('Can I return my boots? Order 771204. My page is https://boots.example/mine.')
    await server.run(AddNoteDocument, { input: { conversationId, text: 'Offer 88 days and $6,543, see https://notes.example/x.' } })
    const fromNote = namedFacts(await check(conversationId, 'You have 88 days for order 771204. We pay $6,543, see https://notes.example/x.'))
    expect(fromNote.join()).toContain('88 days')
    expect(fromNote.join()).toContain('$6,543')
    expect(fromNote.join()).toContain('https://notes.example/x')
    expect(fromNote.join()).not.toContain('771204')
    expect(namedFacts(await check(conversationId, 'See https://boots.example/mine.'))).toHaveLength(1)

    await server.run(SendReplyDocument, { input: { conversationId, text: 'Your parcel is at https://track.example/771204, it arrives on May 3.' } })
    await server.run(AddMessageDocument, { input: { conversationId, text: 'When was that again?' } })
    expect(namedFacts(await check(conversationId, 'On May 3, see https://track.example/771204.'))).toEqual([])
    expect(namedFacts(await check(conversationId, 'On May 4, see https://track.example/771204.'))).toEqual(['No source has "May 4".'])
  })

  it('works in other languages, without evidence, and for any length up to the limit', async () => {
    const conversationId = await open('Wie lange kann ich mein Zelt zurückgeben?')
    const facts = namedFacts(await check(conversationId, 'Sie haben 77 Tage, bis zum 3. Mai, und bekommen 12,50 EUR. 返金は88日以内です。'))
    for (const fact of ['77', '3. Mai', '12,50 EUR', '88']) expect(facts.join()).toContain(fact)
    const nothing = await open('Qzxv wkjh?')
    expect(namedFacts(await check(nothing, 'It takes 61 days.'))).toEqual(['No source has "61 days".'])
    expect(await check(nothing, '')).toEqual({ score: 1, unsupported: [] })
    expect((await check(conversationId, 'It costs $9,999. '.repeat(1_176))).unsupported).toHaveLength(1_176)

    const { body } = await server.post({ query: `{ checkSupport(conversationId: "${conversationId}", text: "${'x'.repeat(20_001)}") { score } }` })
    expect(body.errors[0].extensions.code).toBe('INVALID_INPUT')
    expect(body.errors[0].message).toContain('20000')
  })

  it('is for staff, of conversations that exist', async () => {
    const conversationId = await open('Hello')
    const query = `{ checkSupport(conversationId: "${conversationId}", text: "30 days") { score } }`
    for (const role of ['CUSTOMER', 'PARTNER'] as const) {
      const { body } = await server.post({ query }, { key: await server.createKey(role) })
      expect(body.errors?.length, role).toBeGreaterThan(0)
      expect(body.data?.checkSupport ?? null).toBeNull()
    }
    expect((await server.post({ query }, { key: await server.createKey('AGENT') })).body.data.checkSupport.score).toBe(0)
    for (const id of ['nonsense', Buffer.from('Conversation:none').toString('base64url'), Buffer.from('Draft:none').toString('base64url')]) {
      expect((await server.run(CheckSupportDocument, { conversationId: id, text: 'x' })).checkSupport).toBeNull()
    }
  })
})
