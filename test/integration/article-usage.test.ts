import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { watchStatements } from '../../bench/support/count-statements.ts'
import { CreateArticleDocument, DraftEventsDocument, DraftReplyDocument, OpenConversationDocument, SendReplyDocument } from '../generated/graphql.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
let statements: string[] = []

let statementWatch: ReturnType<typeof watchStatements>
beforeAll(async () => {
  statementWatch = watchStatements((sql) => statements.push(sql))
  server = await startServer()
  for (const [title, body] of [
    ['Return policy', 'You can return unworn items within 30 days of delivery. Keep the tags on.'],
    ['Gift cards', 'A gift card is valid for five years and can be used in parts.'],
    ['Boot sizes', 'Our boots run half a size small, so choose half a size more.'],
  ] as const)
    await server.run(CreateArticleDocument, { input: { title, body, category: 'Shop' } })
})
afterAll(async () => {
  statementWatch?.stop()
  await server?.stop()
})

async function ask(message: string) {
  const { openConversation } = await server.run(OpenConversationDocument, { input: { message } })
  if (openConversation.__typename !== 'Conversation') throw new Error(openConversation.__typename)
  const conversationId = openConversation.id
  const { draftReply } = await server.run(DraftReplyDocument, { input: { conversationId } })
  if (draftReply.__typename !== 'Draft') throw new Error(draftReply.__typename)
  for await (const { draftEvents } of server.events(DraftEventsDocument, { draftId: draftReply.id }))
    if (draftEvents.__typename === 'DraftCompleted') return { conversationId, draftId: draftReply.id, text: draftEvents.draft.text }
  throw new Error('no draft')
}
const query = async (text: string) => {
  const { body } = await server.post({ query: text })
  if (body.errors) throw new Error(JSON.stringify(body.errors))
  return body.data
}
const usage = async () =>
  Object.fromEntries(
    (await query('{ articles { edges { node { title usage { cited kept editedAway } } } } }')).articles.edges.map(({ node }: any) => [
      node.title,
      node.usage,
    ]),
  )

describe('what became of articles', () => {
  it('is counted by what the drafts used, and by what was sent', async () => {
    const sent = await ask('Until when can I return unworn items after delivery?')
    expect(sent.text).toContain('30 days')
    await server.run(SendReplyDocument, { input: { conversationId: sent.conversationId, draftId: sent.draftId, text: sent.text } })
    const edited = await ask('How many days do I have to return unworn items?')
    await server.run(SendReplyDocument, {
      input: { conversationId: edited.conversationId, draftId: edited.draftId, text: 'Please call our shop in Denver about that.' },
    })
    await ask('For how long is a gift card valid?')
    expect(await usage()).toEqual({
      'Return policy': { cited: 2, kept: 1, editedAway: 1 },
      'Gift cards': { cited: 1, kept: 0, editedAway: 0 },
      'Boot sizes': { cited: 0, kept: 0, editedAway: 0 },
    })
  })

  it('takes one statement for a whole list', async (context) => {
    if (inject('database').kind === 'postgres') return context.skip('statements are counted in the embedded database')
    const count = async (first: number) => {
      statements = []
      await query(`{ articles(first: ${first}) { edges { node { usage { cited } } } } }`)
      return statements.filter((sql) => sql.includes('"Citation"')).length
    }
    expect(await count(1)).toBe(1)
    expect(await count(3)).toBe(1)
  })

  it('lists those that no draft rested on, by their age', async () => {
    await server.run(CreateArticleDocument, {
      input: { title: 'How we ship', body: 'Call the depot.', category: 'Staff', audience: 'INTERNAL' as never },
    })
    const titles = async (olderThanDays: number) =>
      (await query(`{ neverCitedArticles(olderThanDays: ${olderThanDays}) { edges { node { title } } } }`)).neverCitedArticles.edges.map(
        ({ node }: any) => node.title,
      )
    expect(await titles(0)).toEqual(['Boot sizes'])
    expect(await titles(1)).toEqual([])
    const { body } = await server.post({ query: '{ neverCitedArticles(olderThanDays: -1) { edges { node { title } } } }' })
    expect(body.errors[0].extensions.code).toBe('INVALID_INPUT')
  })
})
