import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  DraftEventsDocument,
  DraftReplyDocument,
  GiveFeedbackDocument,
  OpenConversationDocument,
  ResolveConversationDocument,
  SendReplyDocument,
} from '../generated/graphql.ts'
import { scriptGenerator } from '../support/scripted-generator.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
const text = 'Hi there,\n\nYou can send it back within 30 days.\n\n— The support team'

beforeAll(async () => {
  server = await startServer(scriptGenerator({ pieces: [text] }))
})
afterAll(() => server?.stop())

async function ready() {
  const { openConversation } = await server.run(OpenConversationDocument, { input: { message: 'Can I return it?' } })
  if (openConversation.__typename !== 'Conversation') throw new Error(openConversation.__typename)
  const conversationId = openConversation.id
  const { draftReply } = await server.run(DraftReplyDocument, { input: { conversationId } })
  if (draftReply.__typename !== 'Draft') throw new Error(draftReply.__typename)
  const draftId = draftReply.id
  for await (const { draftEvents } of server.events(DraftEventsDocument, { draftId })) if (draftEvents.__typename === 'DraftCompleted') break
  return { conversationId, draftId }
}

const send = async (input: { conversationId: string; text: string; draftId?: string; idempotencyKey?: string }) =>
  (await server.run(SendReplyDocument, { input })).sendReply

describe('sending a reply', () => {
  it('sends a draft as it is, once, however often and in parallel it is asked to', async () => {
    const { conversationId, draftId } = await ready()
    const answers = await Promise.all(Array.from({ length: 8 }, () => send({ conversationId, text, draftId })))
    const ids = answers.map((answer) => (answer.__typename === 'Message' ? answer.id : answer.__typename))
    expect(new Set(ids).size).toBe(1)
    expect(answers[0]).toMatchObject({
      __typename: 'Message',
      kind: 'FINAL',
      editRatio: 0,
      draft: { status: 'SENT' },
      conversation: { status: 'PENDING' },
    })
    expect(await send({ conversationId, text: 'Another text', draftId })).toMatchObject({ __typename: 'ConflictError', code: 'CONFLICT' })
  })

  it('marks an edited reply and makes a training example of it', async () => {
    const { conversationId, draftId } = await ready()
    const sent = await send({ conversationId, text: text.replace('30', '60'), draftId })
    expect(sent).toMatchObject({ __typename: 'Message', kind: 'AGENT_EDITED' })
    expect(sent.__typename === 'Message' && sent.editRatio).toBeGreaterThan(0)
    expect(sent.__typename === 'Message' && sent.editRatio).toBeLessThan(0.5)
    const { giveFeedback } = await server.run(GiveFeedbackDocument, { input: { draftId, rating: 'NOT_HELPFUL' } })
    expect(giveFeedback).toMatchObject({ __typename: 'Feedback', trainingExample: { state: 'APPROVED', processed: false } })
  })

  it('repeats nothing for the same key, and refuses the key for another text', async () => {
    const { conversationId } = await ready()
    const first = await send({ conversationId, text: 'I am on it.', idempotencyKey: 'a' })
    expect(first).toMatchObject({ __typename: 'Message', kind: 'AGENT_ONLY', editRatio: null, draft: null })
    expect(await send({ conversationId, text: 'I am on it.', idempotencyKey: 'a' })).toEqual(first)
    expect(await send({ conversationId, text: 'Something else', idempotencyKey: 'a' })).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' })
  })

  it('overtakes every other draft of the turn', async () => {
    const { conversationId, draftId } = await ready()
    const { draftReply } = await server.run(DraftReplyDocument, { input: { conversationId, tone: 'SHORTER' } })
    if (draftReply.__typename !== 'Draft') throw new Error(draftReply.__typename)
    for await (const { draftEvents } of server.events(DraftEventsDocument, { draftId: draftReply.id }))
      if (draftEvents.__typename === 'DraftCompleted') break
    expect(await send({ conversationId, text, draftId })).toMatchObject({ kind: 'FINAL' })
    expect(await send({ conversationId, text, draftId: draftReply.id })).toMatchObject({ code: 'DRAFT_SUPERSEDED' })
  })

  it('refuses a draft of another conversation, and any reply to a resolved one', async () => {
    const one = await ready()
    const other = await ready()
    expect(await send({ conversationId: one.conversationId, text, draftId: other.draftId })).toMatchObject({ code: 'NOT_FOUND' })
    const resolve = () => server.run(ResolveConversationDocument, { input: { conversationId: one.conversationId } })
    const { resolveConversation } = await resolve()
    expect(resolveConversation).toMatchObject({ __typename: 'Conversation', status: 'RESOLVED' })
    expect(await resolve()).toEqual({ resolveConversation })
    expect(await send({ conversationId: one.conversationId, text, draftId: one.draftId })).toMatchObject({ code: 'CONVERSATION_RESOLVED' })
  })
})

describe('feedback', () => {
  it('is stored, replaced when given again, and says that nothing has changed yet', async () => {
    const { draftId } = await ready()
    const give = async (input: object) => (await server.run(GiveFeedbackDocument, { input: { draftId, ...input } })).giveFeedback
    const first = await give({ rating: 'HELPFUL' })
    expect(first).toMatchObject({ __typename: 'Feedback', rating: 'HELPFUL', trainingExample: { state: 'CANDIDATE', processed: false } })
    const second = await give({ rating: 'NEEDS_IMPROVEMENT', correction: 'You have 30 days.', reasons: ['INCOMPLETE', 'INCOMPLETE'] })
    if (first.__typename !== 'Feedback' || second.__typename !== 'Feedback') throw new Error('not stored')
    expect(second.id).toBe(first.id)
    expect(second).toMatchObject({ correction: 'You have 30 days.', reasons: ['INCOMPLETE'], trainingExample: { state: 'APPROVED' } })
    expect(second.effect).toContain('Nothing has been learned from it yet: the correction waits for the next retraining.')
  })

  it('takes back what it said when it is given again without it', async () => {
    const { draftId } = await ready()
    const give = async (input: object) => (await server.run(GiveFeedbackDocument, { input: { draftId, ...input } })).giveFeedback
    expect(await give({ correction: 'Typed by mistake' })).toMatchObject({ trainingExample: { state: 'APPROVED' } })
    expect(await give({ rating: 'HELPFUL' })).toMatchObject({ correction: null, trainingExample: { state: 'CANDIDATE' } })
    expect(await give({ rating: 'HELPFUL', correctedIntent: 'no_such_intent' })).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('refuses an empty one, and unknown articles', async () => {
    const { draftId } = await ready()
    const give = async (input: object) => (await server.run(GiveFeedbackDocument, { input: { draftId, ...input } })).giveFeedback
    expect(await give({})).toMatchObject({ code: 'INVALID_INPUT' })
    expect(await give({ correctedArticleIds: ['nonsense'] })).toMatchObject({ code: 'NOT_FOUND' })
  })
})
