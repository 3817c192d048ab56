import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GenerationRequest } from '../../src/engines/generator.ts'
import { noteGap } from '../../src/services/knowledge-health/note-gap.ts'
import {
  CreateArticleDocument,
  DraftEventsDocument,
  DraftReplyDocument,
  GiveFeedbackDocument,
  KnowledgeGapsDocument,
  OpenConversationDocument,
  SendReplyDocument,
} from '../generated/graphql.ts'
import { scriptGenerator } from '../support/scripted-generator.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
let draftText = ''

beforeAll(async () => {
  server = await startServer(scriptGenerator((_request: GenerationRequest) => ({ pieces: [draftText] })))
  for (const [title, body] of [
    [
      'Return policy',
      'You can return unworn items within 30 days of delivery. The return label is free in the US. We refund within 5 business days.',
    ],
    [
      'Shipping costs',
      'Standard shipping costs $5.95 and is free for orders over $75. Write to help@northwind.example with questions about shipping.',
    ],
  ] as const)
    await server.run(CreateArticleDocument, { input: { title, body, category: 'Shop' } })
})
afterAll(() => server?.stop())

async function ask(message: string, { reply = 'I could not find this in our articles. A colleague will get back to you.', name = 'Ann Smith' } = {}) {
  draftText = reply
  const { openConversation } = await server.run(OpenConversationDocument, { input: { message, customer: { name, email: 'ann@mail.example' } } })
  if (openConversation.__typename !== 'Conversation') throw new Error(openConversation.__typename)
  const conversationId = openConversation.id
  return { conversationId, draftId: await draft(conversationId) }
}

async function draft(conversationId: string): Promise<string> {
  const { draftReply } = await server.run(DraftReplyDocument, { input: { conversationId } })
  if (draftReply.__typename !== 'Draft') throw new Error(draftReply.__typename)
  for await (const { draftEvents } of server.events(DraftEventsDocument, { draftId: draftReply.id }))
    if (draftEvents.__typename === 'DraftCompleted') break
  return draftReply.id
}

const send = async (input: { conversationId: string; text: string; draftId?: string }) => {
  const { sendReply } = await server.run(SendReplyDocument, { input })
  if (sendReply.__typename !== 'Message') throw new Error(JSON.stringify(sendReply))
}
const localOf = (id: string) => Buffer.from(id, 'base64url').toString().split(':')[1]!
const gaps = async () => (await server.run(KnowledgeGapsDocument, { first: 50 })).knowledgeGaps.edges.map(({ node }) => node)
const gapWith = async (pattern: RegExp) =>
  (await gaps()).find(({ question, examples }) => [question, ...examples.map(({ text }) => text)].some((text) => pattern.test(text)))
const query = async (text: string, variables: object = {}) => {
  const { body } = await server.post({ query: text, variables })
  if (body.errors) throw new Error(JSON.stringify(body.errors))
  return body.data
}
async function check(): Promise<void> {
  const { checkKnowledge } = await query('mutation { checkKnowledge { requestedAt } }')
  await expect
    .poll(async () => (await query('{ knowledgeCheckedAt }')).knowledgeCheckedAt >= checkKnowledge.requestedAt, { timeout: 60_000, interval: 50 })
    .toBe(true)
}

describe('knowledge gaps', () => {
  it('groups questions alike, counts each message once, and suggests what agents answered', async () => {
    const first = await ask('Hi, do you wrap presents in gift paper?')
    const second = await ask('Can my order come gift wrapped in paper?')
    await ask('Do you rent out tents for a weekend?')
    // A job each, after its draft has ended.
    await expect.poll(async () => [(await gapWith(/gift/))?.count, (await gapWith(/rent/))?.count]).toEqual([2, 1])
    expect(await gapWith(/gift/)).toMatchObject({ suggestion: null })

    // The hedge is sent as it is, which is no answer; the answer comes later, from an agent.
    await send({ conversationId: first.conversationId, draftId: first.draftId, text: draftText })
    await send({
      conversationId: first.conversationId,
      text: 'Hi Ann,\n\nAnn, we wrap any order in recycled paper for $4. Choose Gift wrap in the cart. I added it to your order #48213 for ann@mail.example. Questions go to help@northwind.example.\n\nKind regards,\nDana',
    })
    await send({
      conversationId: second.conversationId,
      text: 'Hello,\n\nwe wrap any order in recycled paper for $4. Large boxes cannot be wrapped.\n\nDana',
    })
    await expect.poll(async () => (await gapWith(/gift/))?.suggestion ?? '').toContain('Large boxes')
    const gap = (await gapWith(/gift/))!
    expect(gap.suggestion).toContain('We wrap any order in recycled paper for $4. Choose Gift wrap in the cart.')
    expect(gap.suggestion!.match(/recycled/g)).toHaveLength(1)
    expect(gap.suggestion).toContain('help@northwind.example')
    expect(gap.suggestion).not.toMatch(/Ann|48213|ann@mail|Dana|regards|Hello/)

    const { node } = await query(
      `query ($id: ID!) { node(id: $id) { ... on KnowledgeGap {
      suggestedTitle attributions { text conversationIds } questions(first: 5) { edges { node { sources answer conversation { id } } } } } } }`,
      { id: gap.id },
    )
    expect(node.suggestedTitle).toMatch(/\?$/)
    const wrap = node.attributions.find(({ text }: { text: string }) => text.includes('recycled'))
    expect(wrap.conversationIds.toSorted()).toEqual([first.conversationId, second.conversationId].toSorted())
    expect(node.questions.edges.every((edge: any) => edge.node.sources.includes('ESCALATION') && edge.node.sources.includes('WEAK_EVIDENCE'))).toBe(
      true,
    )
  })

  it('changes nothing when the job runs again', async () => {
    const { draftId } = await ask('Where can I download your app for Android?')
    await expect.poll(async () => (await gapWith(/Android/))?.count).toBe(1)
    const before = await gaps()
    await noteGap(server.app.resources, { draftId: localOf(draftId), signal: AbortSignal.timeout(60_000) })
    expect(await gaps()).toEqual(before)
  })

  it('notes no question that is answered, and none that only says thanks or asks for a person', async () => {
    const count = (await gaps()).length
    for (const message of [
      'How many days do I have to return unworn items?',
      'Thank you, that helped!',
      'I want to talk to a real person, please.',
    ]) {
      const { draftId } = await ask(message, { reply: 'You can return unworn items within 30 days of delivery.' })
      await noteGap(server.app.resources, { draftId: localOf(draftId), signal: AbortSignal.timeout(60_000) })
    }
    expect(await gaps()).toHaveLength(count)
  })

  it('notes a correction that no source says, sent or given as feedback, and none that keeps to the sources', async () => {
    const reply = 'You can return unworn items within 30 days of delivery.'
    const kept = await ask('How long can I return unworn items after delivery?', { reply })
    await send({ ...kept, text: 'Sure! You can return unworn items within 30 days of delivery.' })
    const corrected = await ask('Is the return label free in the US for unworn items?', { reply })
    await server.run(GiveFeedbackDocument, {
      input: { draftId: corrected.draftId, correction: 'Vintage parkas from our museum collection are lent to film crews for a deposit of $500.' },
    })
    const rewritten = await ask('How fast do you refund returned items?', { reply })
    await send({
      conversationId: rewritten.conversationId,
      text: 'Our bank partner pauses all payouts in Montana during August because of an audit there.',
    })
    await expect.poll(async () => (await gapWith(/label free/))?.count).toBe(1)
    await expect.poll(async () => (await gapWith(/How fast/))?.count).toBe(1)
    expect((await gapWith(/label free/))!.suggestion).toContain('film crews')
    expect(await gapWith(/How long can I return/)).toBeUndefined()
  })

  it('stores what a follow-up was searched for', async () => {
    const { conversationId } = await ask('Can you mount ski bindings on skis for me?')
    await send({ conversationId, text: 'We mount ski bindings in our Denver workshop.' })
    await query('mutation ($input: AddMessageInput!) { addMessage(input: $input) { __typename } }', {
      input: { conversationId, text: 'And what about those?' },
    })
    await draft(conversationId)
    const stored = () =>
      server.app.resources.database.gapQuestion.findMany({ where: { conversationId: localOf(conversationId) }, orderBy: { id: 'asc' } })
    await expect.poll(async () => (await stored()).length).toBe(2)
    expect((await stored())[1]!.text).toMatch(/ski bindings/)
  })

  it('is read by staff alone, in pages of bounded size', async () => {
    const key = await server.createKey('CUSTOMER', { customerId: (await server.app.resources.database.customer.findFirstOrThrow()).id })
    const { body } = await server.post({ query: '{ knowledgeGaps { edges { node { question } } } }' }, { key })
    expect(body.errors[0].extensions.code).toBe('FORBIDDEN')
    const { body: tooMany } = await server.post({ query: '{ knowledgeGaps(first: 1000) { edges { node { question } } } }' })
    expect(tooMany.errors[0].extensions.code).toBe('INVALID_INPUT')
  })

  it('takes a dismissed gap off the list, and its like with it', async () => {
    const { id } = (await gapWith(/Android/))!
    const dismiss = (gapId: string) =>
      query(
        'mutation ($input: DismissKnowledgeGapInput!) { dismissKnowledgeGap(input: $input) { ... on KnowledgeGap { id dismissedAt } ... on Error { code } } }',
        {
          input: { gapId },
        },
      )
    const { dismissKnowledgeGap } = await dismiss(id)
    expect(dismissKnowledgeGap.dismissedAt).not.toBeNull()
    expect(await dismiss(id)).toEqual({ dismissKnowledgeGap })
    expect(await dismiss('nonsense')).toEqual({ dismissKnowledgeGap: { code: 'NOT_FOUND' } })
    await ask('Is there an app for Android phones I can download?')
    const dismissed = async () => (await query('{ knowledgeGaps(state: DISMISSED) { edges { node { id count } } } }')).knowledgeGaps.edges
    await expect.poll(dismissed).toEqual([{ node: { id, count: 2 } }])
    expect(await gapWith(/Android/)).toBeUndefined()
  })

  it('closes by itself when an article answers it', async () => {
    expect(await gapWith(/rent/)).toBeDefined()
    await server.run(CreateArticleDocument, {
      input: {
        title: 'Tent rental',
        body: 'We rent out tents for a weekend or longer. A tent costs $25 a night to rent. Rent one in any shop.',
        category: 'Shop',
      },
    })
    await check()
    expect(await gapWith(/rent/)).toBeUndefined()
    const { knowledgeGaps } = await query('{ knowledgeGaps(state: FILLED) { edges { node { filledBy { title } } } } }')
    expect(knowledgeGaps.edges).toEqual([{ node: { filledBy: { title: 'Tent rental' } } }])
    expect(await gapWith(/gift/)).toBeDefined()
  })

  it('becomes a draft article of the suggestion', async () => {
    const { id } = (await gapWith(/gift/))!
    const create = (input: object) =>
      query(
        'mutation ($input: CreateArticleFromGapInput!) { createArticleFromGap(input: $input) { ... on Article { title body status } ... on Error { code } } }',
        { input: { category: 'Shop', ...input } },
      )
    const { createArticleFromGap } = await create({ gapId: id, title: 'Gift wrapping' })
    expect(createArticleFromGap).toMatchObject({ title: 'Gift wrapping', status: 'DRAFT', body: expect.stringContaining('recycled paper') })
    expect(await create({ gapId: id })).toEqual({ createArticleFromGap: { code: 'CONFLICT' } })
    expect(await gapWith(/gift/)).toBeUndefined()
  })

  it('forgets what an erased conversation asked and was answered', async () => {
    const kept = await ask('Which of your boots are vegan and free of leather?')
    const erased = await ask('Are there vegan boots without leather?')
    await send({ conversationId: erased.conversationId, text: 'The Fern boot has no leather at all.' })
    await send({ conversationId: kept.conversationId, text: 'The Moss boot is made of cork.' })
    await expect.poll(async () => (await gapWith(/vegan/))?.suggestion ?? '').toMatch(/Fern.*Moss|Moss.*Fern/s)
    await server.app.resources.database.conversation.delete({ where: { id: localOf(erased.conversationId) } })
    expect(await gapWith(/vegan/)).toMatchObject({ count: 1, question: 'Which of your boots are vegan and free of leather?', suggestion: null })
    await check()
    expect((await gapWith(/vegan/))!.suggestion).toBe('The Moss boot is made of cork.')
    await server.app.resources.database.conversation.delete({ where: { id: localOf(kept.conversationId) } })
    expect(await gapWith(/vegan/)).toBeUndefined()
  })
})
