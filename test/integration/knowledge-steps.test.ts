import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AddMessageDocument, CreateArticleDocument, DraftEventsDocument, DraftReplyDocument, OpenConversationDocument } from '../generated/graphql.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
const articles = [
  {
    title: 'Return & Refund Policy',
    category: 'Returns',
    body: 'You can return an item within 30 days of delivery and get your money back. We refund your original payment method.',
  },
  { title: 'Repairs', category: 'Service', body: 'Our workshop repairs stoves. A repair takes two weeks.' },
  {
    title: 'Refund limits',
    category: 'Staff',
    audience: 'INTERNAL' as const,
    body: 'Agents may refund money up to 200 dollars without the approval of a team lead.',
  },
]
const query = `query ($id: ID!) { draft(id: $id) { status retrieval { queries sufficient widened } steps {
  kind summary tookMs degradedParts queries { text reason } filter { category }
  hits { articleId title heading internal score similarity sentenceSimilarity articleSimilarity keywordScore rerankScore }
  judgement { sufficient confidence threshold signals { name value } } missing { questions words } } } }`

beforeAll(async () => {
  server = await startServer()
  await server.app.resources.embedder?.embed(['hello'])
  for (const input of articles) {
    const { createArticle } = await server.run(CreateArticleDocument, { input })
    expect(createArticle).toMatchObject({ __typename: 'Article', indexState: 'INDEXED' })
  }
})
afterAll(() => server?.stop())

async function open(message: string): Promise<string> {
  const { openConversation } = await server.run(OpenConversationDocument, { input: { message } })
  if (openConversation.__typename !== 'Conversation') throw new Error(openConversation.__typename)
  return openConversation.id
}

async function draftOf(conversationId: string) {
  const { draftReply } = await server.run(DraftReplyDocument, { input: { conversationId } })
  if (draftReply.__typename !== 'Draft') throw new Error(draftReply.__typename)
  for await (const _ of server.events(DraftEventsDocument, { draftId: draftReply.id, afterSeq: 0 }));
  const { body } = await server.post({ query, variables: { id: draftReply.id } })
  expect(body.errors).toBeUndefined()
  expect(body.data.draft.status).toBe('READY')
  return body.data.draft
}

const kinds = (draft: { steps: { kind: string }[] }) => draft.steps.map(({ kind }) => kind)

describe('the steps of the knowledge agent', () => {
  it('are plan, retrieve, check and answer when the first search is enough', async () => {
    const draft = await draftOf(await open('How do I get my money back?'))
    expect(kinds(draft)).toEqual(['PLAN', 'RETRIEVE', 'CHECK', 'ANSWER'])
    const [plan, retrieve, check, answer] = draft.steps
    expect(plan.queries).toEqual([{ text: 'How do I get my money back?', reason: 'ASKED' }])
    expect(retrieve.summary).toMatch(/^Searched for “How do I get my money back\?”; best: Return & Refund Policy \(\d\.\d\d\)\.$/)
    expect(retrieve.hits[0]).toMatchObject({ title: 'Return & Refund Policy', internal: false, articleId: expect.any(String) })
    expect(retrieve.hits.find(({ title }: { title: string }) => title === 'Refund limits').internal).toBe(true)
    for (const { similarity } of retrieve.hits) expect(similarity).toEqual(expect.any(Number))
    const { body } = await server.post({ query: `{ node(id: "${retrieve.hits[0].articleId}") { ... on Article { title } } }` })
    expect(body.data.node.title).toBe('Return & Refund Policy')
    expect(check.judgement.confidence).toBeGreaterThanOrEqual(check.judgement.threshold)
    expect(check.judgement.signals.map(({ name }: { name: string }) => name)).toContain('headingCoverage')
    for (const { value } of check.judgement.signals) expect(value).toBeGreaterThanOrEqual(0)
    for (const { value } of check.judgement.signals) expect(value).toBeLessThanOrEqual(1)
    expect(answer.summary).toMatch(/^Answer from Return & Refund Policy/)
    for (const { tookMs } of draft.steps) expect(tookMs).toBeGreaterThanOrEqual(0)
  })

  it('widen once when it is not, and admit what is missing', async () => {
    const draft = await draftOf(await open('What does a helicopter tour of Mongolia cost?'))
    expect(draft.retrieval).toMatchObject({ sufficient: false, widened: true })
    expect(kinds(draft)).toEqual(['PLAN', 'RETRIEVE', 'CHECK', 'WIDEN', 'RETRIEVE', 'CHECK', 'ADMIT'])
    expect(draft.steps[3].queries.map(({ reason }: { reason: string }) => reason)).toEqual(['ASKED', 'SUBJECT'])
    const admit = draft.steps.at(-1)
    expect(admit.missing.questions).toEqual(['What does a helicopter tour of Mongolia cost?'])
    expect(admit.missing.words).toEqual(expect.arrayContaining(['helicopter', 'Mongolia']))
    expect(admit.summary).toContain('“helicopter”')
  })

  it('say why each query was made', async () => {
    const several = await draftOf(await open('Do you repair stoves? And how do I get a refund of my money?'))
    expect(several.steps[0].queries.map(({ reason }: { reason: string }) => reason)).toEqual(['ASKED', 'PART', 'PART'])
    const misspelt = await draftOf(await open('Does your workshop do repiars of stoves?'))
    expect(misspelt.steps[0].queries).toContainEqual({ text: 'Does your workshop do repairs of stoves?', reason: 'SPELLING' })
    const conversationId = await open('My stove is broken.')
    await server.run(AddMessageDocument, { input: { conversationId, text: 'Can you repair it?' } })
    expect((await draftOf(conversationId)).retrieval.queries[0]).toContain('My stove is broken.')
  })

  it('are for staff only, and empty until the draft has started', async () => {
    const conversationId = await open('How do I get my money back?')
    const customerKey = await server.createKey('CUSTOMER')
    const { body } = await server.post(
      {
        query: 'query ($id: ID!) { conversation(id: $id) { drafts(first: 1) { edges { node { steps { kind } } } } } }',
        variables: { id: conversationId },
      },
      { key: customerKey },
    )
    expect(JSON.stringify(body)).not.toContain('PLAN')
    const { database } = server.app.resources
    const message = await database.message.findFirstOrThrow()
    const draft = await database.draft.create({
      data: { conversationId: message.conversationId, turnMessageId: message.id, status: 'CANCELLED', finishedAt: new Date() },
    })
    const globalId = Buffer.from(`Draft:${draft.id}`).toString('base64url')
    expect((await server.post({ query, variables: { id: globalId } })).body.data.draft.steps).toEqual([])
  })
})
