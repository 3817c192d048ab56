import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  AddMessageDocument,
  CreateArticleDocument,
  DraftEventsDocument,
  DraftReplyDocument,
  OpenConversationDocument,
  SendReplyDocument,
} from '../generated/graphql.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
  // It loads with the first text, which can take longer than createArticle waits.
  await server.app.resources.embedder?.embed(['hello'])
  await createArticle({
    title: 'Return & Refund Policy',
    category: 'Returns',
    body: 'You can return an item within 30 days of delivery and get your money back. The return label is free within the United States.',
  })
  await createArticle({
    title: 'Carrier traces for lost parcels',
    category: 'Staff',
    audience: 'INTERNAL',
    body: 'Open a carrier trace ten days after a parcel was dispatched, with the form in the warehouse tool. The carrier closes a trace of a lost parcel within two weeks.',
  })
})
afterAll(() => server?.stop())

async function createArticle(input: { title: string; category: string; body: string; audience?: 'PUBLIC' | 'INTERNAL' }) {
  const { createArticle: article } = await server.run(CreateArticleDocument, { input })
  expect(article.__typename).toBe('Article')
  // A machine at its limits indexes later than createArticle waits.
  const pending = () => server.app.resources.database.article.count({ where: { indexState: { not: 'INDEXED' } } })
  await vi.waitFor(async () => expect(await pending()).toBe(0), { timeout: 60_000 })
}

async function open(message: string) {
  const { openConversation } = await server.run(OpenConversationDocument, { input: { message } })
  if (openConversation.__typename !== 'Conversation') throw new Error(openConversation.__typename)
  return openConversation.id
}

const write = (conversationId: string, text: string) => server.run(AddMessageDocument, { input: { conversationId, text } })

const fields = 'id text escalation { recommended reasons summary handOver { problem tried open next origin } }'

/** What a finished draft for the conversation says. */
async function draftOf(conversationId: string) {
  const { draftReply } = await server.run(DraftReplyDocument, { input: { conversationId } })
  if (draftReply.__typename !== 'Draft') throw new Error(JSON.stringify(draftReply))
  let last = ''
  for await (const { draftEvents } of server.events(DraftEventsDocument, { draftId: draftReply.id })) last = draftEvents.__typename
  expect(last).toBe('DraftCompleted')
  const { body } = await server.post({ query: `query ($id: ID!) { draft(id: $id) { ${fields} } }`, variables: { id: draftReply.id } })
  return body.data.draft
}

const ownId = (globalId: string) => Buffer.from(globalId, 'base64').toString('utf8').split(':')[1]!

describe('the escalation of a draft', () => {
  it('asks for nobody when the articles answer', async () => {
    const { escalation } = await draftOf(await open('How many days do I have to return an item?'))
    expect(escalation).toEqual({ recommended: false, reasons: [], summary: null, handOver: null })
  })

  it('is typed fields with a hand-over of what was said', async () => {
    const id = await open('How many days do I have to return an item?')
    const { id: draftId } = await draftOf(id)
    await server.run(SendReplyDocument, { input: { conversationId: id, draftId, text: 'You have 30 days from delivery.' } })
    await write(id, 'Mine is 31 days old. Please let me talk to a person, I fly home tomorrow. Can you make an exception?')
    const { text, escalation } = await draftOf(id)

    expect(escalation.recommended).toBe(true)
    expect(escalation.reasons).toContain('CUSTOMER_ASKED')
    expect(escalation.handOver).toMatchObject({
      problem: expect.stringMatching(/^At first: “How many days do I have to return an item\?”\. Now: “Mine is 31 days old\./),
      tried: expect.stringMatching(/^Answered once, last: “You have 30 days from delivery”\./),
      open: '“Can you make an exception?”',
      next: expect.stringContaining('Reply in person'),
      origin: 'EXTRACTIVE',
    })
    const { problem, tried, open: stillOpen, next } = escalation.handOver
    expect(escalation.summary).toBe(`Problem: ${problem}\nTried: ${tried}\nOpen: ${stillOpen}\nNext: ${next}`)
    // The action is in the fields; the words for the customer have no code for it.
    expect(text).not.toMatch(/CUSTOMER_ASKED|escalat|hand-?over|Problem:|\[(?:HUMAN|AGENT)\]/i)
  })

  it('says what is missing', async () => {
    const { escalation } = await draftOf(await open('What is the boiling point of tungsten?'))
    expect(escalation).toMatchObject({ recommended: true, reasons: expect.arrayContaining(['MISSING_KNOWLEDGE']) })
  })

  it('asks for a decision where only a staff article answers, and quotes nothing of it', async () => {
    const { text, escalation } = await draftOf(await open('Which form in the warehouse tool opens a carrier trace?'))
    expect(escalation).toMatchObject({ recommended: true, reasons: expect.arrayContaining(['POLICY']) })
    expect(escalation.handOver.tried).toContain('the staff article “Carrier traces for lost parcels”')
    expect(text).not.toMatch(/ten days|warehouse tool/)
  })

  it('never has a private note in it', async () => {
    const id = await open('My stove exploded and burned my hand.')
    await server.app.resources.database.message.create({
      data: { conversationId: ownId(id), kind: 'NOTE', text: 'xenon-note: offer 300 dollars', position: 0 },
    })
    await write(id, 'I expect compensation. My lawyer will write to you.')
    const { escalation } = await draftOf(id)
    expect(escalation.reasons).toContain('LEGAL_OR_SAFETY')
    expect(JSON.stringify(escalation)).not.toContain('xenon')
  })

  it('recommends nothing once a person has taken over', async () => {
    const id = await open('Let me talk to a human')
    await server.app.resources.database.conversation.update({ where: { id: ownId(id) }, data: { takenOverAt: new Date() } })
    const { escalation } = await draftOf(id)
    expect(escalation).toEqual({ recommended: false, reasons: ['CUSTOMER_ASKED'], summary: null, handOver: null })
  })
})
