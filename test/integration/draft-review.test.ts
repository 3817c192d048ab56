import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import {
  AddMessageDocument,
  ConversationDocument,
  DraftEventsDocument,
  DraftReplyDocument,
  GiveFeedbackDocument,
  type GiveFeedbackInput,
  OpenConversationDocument,
  RejectDraftDocument,
  SendReplyDocument,
} from '../generated/graphql.ts'
import { type Script, scriptGenerator } from '../support/scripted-generator.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

const text = 'Hi there,\n\nYou can send it back within 30 days.\n\n— The support team'
const hasReplicas = inject('database').kind === 'postgres'
let server: TestServer
let replica: TestServer
let script: Script = { pieces: [text] }
let ann: string
let bob: string

beforeAll(async () => {
  const options = { ...scriptGenerator(() => script), environment: { EMBEDDER: 'none' } }
  server = await startServer(options)
  replica = hasReplicas ? await startServer({ ...options, beside: server }) : server
  ann = await server.createKey('AGENT')
  bob = await server.createKey('AGENT')
})
afterAll(async () => {
  if (hasReplicas) await replica?.stop()
  await server?.stop()
})

/** The one field of an operation that no client holds yet. */
async function ask(query: string, variables: object, { key = ann, at = server } = {}) {
  const { body } = await at.post({ query, variables }, { key })
  if (body.errors) throw new Error(JSON.stringify(body.errors))
  return Object.values(body.data)[0] as any
}
const save = (input: { draftId: string; text: string; expectedEditedAt?: string | null }, options: { key?: string; at?: TestServer } = {}) =>
  ask(
    'mutation ($input: SaveDraftEditInput!) { saveDraftEdit(input: $input) { __typename ... on Draft { status text edit { text at by { name } } } ... on Error { code message } } }',
    { input },
    options,
  )
const look = (id: string) =>
  ask(
    'query ($id: ID!) { draft(id: $id) { status text edit { text at by { id } } rejection { reasons notes at by { id } effect } feedback { id notes rating correction correctedIntent correctedArticles { title } agent { id } effect trainingExample { id state } } } }',
    { id },
  )
const lookAtMessage = (id: string) =>
  ask('query ($id: ID!) { node(id: $id) { ... on Message { kind text editRatio effect diff { kind text } } } }', { id })

async function open(message = 'Can I return it?') {
  const { openConversation } = await server.run(OpenConversationDocument, { input: { message } })
  if (openConversation.__typename !== 'Conversation') throw new Error(openConversation.__typename)
  return openConversation.id
}
async function draft(conversationId: string, tone?: 'SHORTER') {
  const { draftReply } = await server.run(DraftReplyDocument, { input: { conversationId, tone } })
  if (draftReply.__typename !== 'Draft') throw new Error(JSON.stringify(draftReply))
  await ending(draftReply.id)
  return draftReply.id
}
async function ending(draftId: string) {
  const ends = []
  for await (const { draftEvents } of server.events(DraftEventsDocument, { draftId }))
    if (['DraftCompleted', 'DraftFailed', 'DraftCancelled'].includes(draftEvents.__typename)) ends.push(draftEvents.__typename)
  return ends
}
async function ready() {
  const conversationId = await open()
  return { conversationId, draftId: await draft(conversationId) }
}
async function send(input: { conversationId: string; text: string; draftId?: string }) {
  const { sendReply } = await server.run(SendReplyDocument, { input })
  if (sendReply.__typename !== 'Message') throw new Error(JSON.stringify(sendReply))
  return sendReply.id
}
const give = async (input: GiveFeedbackInput, key = ann) => (await server.run(GiveFeedbackDocument, { input }, { key })).giveFeedback
const localId = (id: string) => Buffer.from(id, 'base64url').toString().split(':')[1]!
const exampleOf = (draftId: string) => server.app.resources.database.trainingExample.findUnique({ where: { draftId: localId(draftId) } })

describe('what an agent makes of a draft', () => {
  it('is kept beside what was drafted, and sent only by sendReply', async () => {
    const { conversationId, draftId } = await ready()
    expect((await look(draftId)).edit).toBe(null)
    const saved = await save({ draftId, text: 'You have 60 days.' })
    expect(saved).toMatchObject({ status: 'READY', text, edit: { text: 'You have 60 days.', by: { name: 'A agent' } } })
    expect(await save({ draftId, text: 'You have 60 days.' })).toEqual(saved)
    const messageId = await send({ conversationId, text, draftId })
    expect(await lookAtMessage(messageId)).toMatchObject({ kind: 'FINAL', text })
    expect(await look(draftId)).toMatchObject({ status: 'SENT', edit: { text: 'You have 60 days.' } })
  })

  it('is not overwritten by a colleague who has not seen it', async () => {
    const { draftId } = await ready()
    const first = await save({ draftId, text: 'Ann’s' })
    expect(await save({ draftId, text: 'Bob’s' }, { key: bob })).toMatchObject({ code: 'CONFLICT' })
    const seen = first.edit.at
    const second = await save({ draftId, text: 'Both’s', expectedEditedAt: seen }, { key: bob })
    expect(second.edit).toMatchObject({ text: 'Both’s' })
    expect(Date.parse(second.edit.at)).toBeGreaterThan(Date.parse(seen))
    expect(await save({ draftId, text: 'Ann’s again', expectedEditedAt: seen })).toMatchObject({ code: 'CONFLICT' })
    expect(await save({ draftId, text: 'Ann’s again' })).toMatchObject({ code: 'CONFLICT' })
    expect((await look(draftId)).edit.text).toBe('Both’s')
  })

  it('goes to one of two agents who save at once, on two replicas', async () => {
    for (let round = 0; round < 5; round++) {
      const { draftId } = await ready()
      const { edit } = await save({ draftId, text: 'Before' })
      const saves = [ann, bob].map((key, index) =>
        save({ draftId, text: `By ${index}`, expectedEditedAt: edit.at }, { key, at: index === 0 ? server : replica }),
      )
      const types = (await Promise.all(saves)).map(({ __typename }) => __typename)
      expect(types.toSorted()).toEqual(['ConflictError', 'Draft'])
      expect((await look(draftId)).edit.text).toBe(`By ${types.indexOf('Draft')}`)
    }
  })

  it('survives another draft, a newer message and a reply, and stays listed', async () => {
    const { conversationId, draftId } = await ready()
    await save({ draftId, text: 'Mine' })
    const again = await draft(conversationId, 'SHORTER')
    expect(await look(draftId)).toMatchObject({ status: 'READY', edit: { text: 'Mine' } })
    expect(await look(again)).toMatchObject({ status: 'READY', edit: null })
    await server.run(AddMessageDocument, { input: { conversationId, text: 'Hello?' } })
    expect(await look(draftId)).toMatchObject({ status: 'SUPERSEDED', text, edit: { text: 'Mine' } })
    expect(await save({ draftId, text: 'More' })).toMatchObject({ code: 'DRAFT_SUPERSEDED' })
    await send({ conversationId, text: 'Something else' })
    expect(await look(draftId)).toMatchObject({ status: 'SUPERSEDED', edit: { text: 'Mine' } })
    const { conversation } = await server.run(ConversationDocument, { id: conversationId })
    expect(conversation?.drafts.edges.map(({ node }) => node.id)).toContain(draftId)
  })

  it('is refused for what cannot be edited, and for bad text', async () => {
    const { draftId } = await ready()
    await server.run(RejectDraftDocument, { input: { draftId } })
    expect(await save({ draftId, text: 'Late' })).toMatchObject({ code: 'DRAFT_NOT_READY' })
    expect(await save({ draftId: 'nonsense', text: 'x' })).toMatchObject({ code: 'NOT_FOUND' })
    for (const bad of ['', '\u200b', 'a\u0000b', 'a\ud800b', 'x'.repeat(20_001)])
      expect(await save({ draftId, text: bad })).toMatchObject({ code: 'INVALID_INPUT' })
  })
})

describe('a reply', () => {
  it('shows what was changed in the draft, to the character, to staff only', async () => {
    const { conversationId, draftId } = await ready()
    const sent = 'Hello Ann,\r\n\nYou can send it back within 60 days — 六十日以内 👩‍👩‍👧.\n\n— The support team'
    const id = await send({ conversationId, text: sent, draftId })
    const message = await lookAtMessage(id)
    const joined = (...kinds: string[]) =>
      message.diff
        .filter(({ kind }: any) => kinds.includes(kind))
        .map((piece: any) => piece.text)
        .join('')
    expect(joined('SAME', 'ADDED')).toBe(sent)
    expect(joined('SAME', 'REMOVED')).toBe(text)
    expect(message.diff).toContainEqual({ kind: 'REMOVED', text: '30' })
    // A job looks whether any article says it.
    await expect
      .poll(async () => (await lookAtMessage(id)).effect)
      .toBe(
        'The edit is stored. Its question is among the knowledge gaps, because no article says what was written instead. Nothing has been learned from it yet: what was sent waits for the next retraining.',
      )
    const customerId = (await server.app.resources.database.conversation.findUniqueOrThrow({ where: { id: localId(conversationId) } })).customerId
    const key = await server.createKey('CUSTOMER', { customerId })
    const seen = async (field: string) =>
      (await server.post({ query: `query ($id: ID!) { node(id: $id) { ... on Message { text ${field} } } }`, variables: { id } }, { key })).body
    expect((await seen('kind')).data.node.text).toBe(sent)
    for (const field of ['effect', 'diff { text }', 'editRatio']) expect((await seen(field)).errors[0].extensions.code).toBe('FORBIDDEN')
  })

  it('with a changed greeting only was edited, by nothing', async () => {
    const { conversationId, draftId } = await ready()
    const id = await send({ conversationId, text: text.replace('Hi there', 'Dear Ann'), draftId })
    expect(await lookAtMessage(id)).toMatchObject({ kind: 'AGENT_EDITED', editRatio: 0 })
  })

  it('says what is learned from it', async () => {
    const { conversationId, draftId } = await ready()
    const final = await send({ conversationId, text, draftId })
    expect(await lookAtMessage(final)).toMatchObject({
      effect: 'The draft was sent as it was: no training example is made of it.',
      diff: [{ kind: 'SAME', text }],
    })
    const own = await send({ conversationId, text: 'And thanks.' })
    expect(await lookAtMessage(own)).toMatchObject({ effect: 'It was written without a draft: no training example is made of it.', diff: null })
    const { conversation } = await server.run(ConversationDocument, { id: conversationId })
    expect(await lookAtMessage(conversation!.messages.edges[0]!.node.id)).toMatchObject({ effect: null, diff: null })
  })
})

describe('a rejection', () => {
  it('says who, when and why, and is a signal that waits for a review', async () => {
    const { draftId } = await ready()
    const reject = (input: object, key: string) => server.run(RejectDraftDocument, { input: { draftId, ...input } }, { key })
    expect((await look(draftId)).rejection).toBe(null)
    await reject({ reasons: ['INCORRECT', 'TONE', 'TONE'], notes: 'It is 60 days.' }, ann)
    const { rejection } = await look(draftId)
    expect(rejection).toMatchObject({ reasons: ['INCORRECT', 'TONE'], notes: 'It is 60 days.' })
    expect(rejection.effect).toContain('waits for a review')
    expect(await exampleOf(draftId)).toMatchObject({ state: 'CANDIDATE', reasons: ['INCORRECT', 'TONE'], correction: null })
    await reject({ reasons: ['OUTDATED'] }, ann)
    await reject({ reasons: ['STYLE'] }, bob)
    expect((await look(draftId)).rejection).toMatchObject({ reasons: ['OUTDATED'], notes: null, at: rejection.at, by: rejection.by })
    await give({ draftId, reasons: ['POLICY'], correction: 'You have 60 days.' }, bob)
    expect(await exampleOf(draftId)).toMatchObject({ state: 'APPROVED', reasons: ['OUTDATED', 'POLICY'], correction: 'You have 60 days.' })
  })

  it('of a draft in the making leaves nothing to learn from', async () => {
    script = { pieces: ['Half', () => new Promise(() => {})] }
    const conversationId = await open()
    const { draftReply } = await server.run(DraftReplyDocument, { input: { conversationId } })
    if (draftReply.__typename !== 'Draft') throw new Error(draftReply.__typename)
    const draftId = draftReply.id
    for await (const { draftEvents } of server.events(DraftEventsDocument, { draftId })) if (draftEvents.__typename === 'DraftDelta') break
    expect(await give({ draftId, rating: 'NOT_HELPFUL' })).toMatchObject({ code: 'DRAFT_NOT_READY' })
    script = { pieces: [text] }
    await server.run(RejectDraftDocument, { input: { draftId, reasons: ['OTHER'] } })
    expect(await look(draftId)).toMatchObject({
      status: 'REJECTED',
      text: 'Half',
      rejection: { effect: expect.stringContaining('nothing to learn') },
    })
    expect(await exampleOf(draftId)).toBe(null)
  })
})

describe('feedback of several reviewers', () => {
  it('never overwrites each other’s, also at once; one’s own is replaced wholly', async () => {
    const { draftId } = await ready()
    const keys = [ann, bob, ...(await Promise.all(Array.from({ length: 6 }, () => server.createKey('AGENT'))))]
    const answers = await Promise.all(
      keys.flatMap((key, index) => [give({ draftId, notes: `By ${index}` }, key), give({ draftId, notes: `By ${index}` }, key)]),
    )
    expect(new Set(answers.map((answer) => (answer.__typename === 'Feedback' ? answer.id : answer.__typename))).size).toBe(keys.length)
    const { feedback } = await look(draftId)
    expect(feedback.map(({ notes }: any) => notes).toSorted()).toEqual(keys.map((_, index) => `By ${index}`).toSorted())
    expect(new Set(feedback.map(({ trainingExample }: any) => trainingExample.id)).size).toBe(1)
    await give({ draftId, rating: 'HELPFUL', correctedArticleIds: [] })
    const mine = (await look(draftId)).feedback[0]
    expect(mine).toMatchObject({ rating: 'HELPFUL', notes: null, correctedArticles: [] })
    expect((await look(draftId)).feedback).toHaveLength(keys.length)
  })

  it('says whose correction is used', async () => {
    const { draftId } = await ready()
    await give({ draftId, correction: 'You have 60 days.' })
    await give({ draftId, correction: 'You have 90 days.' }, bob)
    await give({ draftId, rating: 'NOT_HELPFUL' }, await server.createKey('AGENT'))
    const { feedback } = await look(draftId)
    const effectOf = (correction: string) => feedback.find((one: any) => one.correction === correction).effect
    expect(effectOf('You have 90 days.')).toContain('the correction waits for the next retraining')
    expect(effectOf('You have 60 days.')).toContain('A colleague’s newer correction is used instead of it.')
    expect(await exampleOf(draftId)).toMatchObject({ correction: 'You have 90 days.', state: 'APPROVED', reasons: [] })
  })

  it('corrects the conversation’s intent at once, and says so', async () => {
    const { database } = server.app.resources
    await database.intent.createMany({ data: [{ name: 'returns' }, { name: 'refunds' }], skipDuplicates: true })
    const { conversationId, draftId } = await ready()
    const given = await give({ draftId, correctedIntent: 'returns' })
    expect(given.__typename === 'Feedback' && given.effect).toMatch(
      /^It is stored\. The conversation has the right intent now\. .*waits for a review/,
    )
    expect((await database.conversation.findUniqueOrThrow({ where: { id: localId(conversationId) } })).intent).toBe('returns')
    await give({ draftId, correction: 'You have 60 days.' }, bob)
    expect(await exampleOf(draftId)).toMatchObject({ intent: 'returns', correction: 'You have 60 days.' })
    // A later turn is another matter.
    await server.run(AddMessageDocument, { input: { conversationId, text: 'And my money?' } })
    await give({ draftId, correctedIntent: 'refunds' })
    expect((await database.conversation.findUniqueOrThrow({ where: { id: localId(conversationId) } })).intent).toBe('returns')
  })

  it('does not wait for another retraining when it says the same again', async () => {
    const { draftId } = await ready()
    await give({ draftId, correction: 'You have 60 days.' })
    const { database } = server.app.resources
    await database.trainingExample.update({ where: { draftId: localId(draftId) }, data: { processed: true, processedAt: new Date() } })
    const same = await give({ draftId, correction: 'You have 60 days.' })
    expect(same).toMatchObject({ trainingExample: { processed: true }, effect: expect.stringContaining('A retraining has used') })
    expect(await give({ draftId, correction: 'You have 61 days.' })).toMatchObject({ trainingExample: { processed: false } })
  })

  it.each<[string, object, string]>([
    ['nothing', {}, 'INVALID_INPUT'],
    ['only white space', { correction: ' \n', notes: '\u200b' }, 'INVALID_INPUT'],
    ['20,001 characters', { correction: 'x'.repeat(20_001) }, 'INVALID_INPUT'],
    ['5,001 characters of notes', { notes: 'x'.repeat(5_001) }, 'INVALID_INPUT'],
    ['NUL', { correction: 'a\u0000b' }, 'INVALID_INPUT'],
    ['half a character', { notes: 'a\ud800b' }, 'INVALID_INPUT'],
    ['an unknown intent', { correctedIntent: 'no_such_intent' }, 'NOT_FOUND'],
    ['an unknown article', { correctedArticleIds: [Buffer.from('Article:0199').toString('base64url')] }, 'NOT_FOUND'],
    ['a draft for an article', { correctedArticleIds: [Buffer.from('Draft:0199').toString('base64url')] }, 'NOT_FOUND'],
    [
      'eleven articles',
      { correctedArticleIds: Array.from({ length: 11 }, (_, index) => Buffer.from(`Article:${index}`).toString('base64url')) },
      'INVALID_INPUT',
    ],
    ['an unknown draft', { draftId: Buffer.from('Draft:0199').toString('base64url'), rating: 'HELPFUL' }, 'NOT_FOUND'],
    ['a conversation', { draftId: Buffer.from('Conversation:0199').toString('base64url'), rating: 'HELPFUL' }, 'NOT_FOUND'],
  ])('is refused with a typed error when it holds %s', async (_what, input, code) => {
    const { draftId } = await shared()
    expect(await give({ draftId, ...input })).toMatchObject({ code })
    expect((await look(draftId)).feedback).toEqual([])
  })
  let one: ReturnType<typeof ready> | null = null
  const shared = () => {
    one ??= ready()
    return one
  }
})

describe('AUTO_DRAFT', () => {
  it('makes one READY draft of a burst of messages, for the last of them; each other has ended once', async () => {
    const scripted = scriptGenerator({ pieces: ['One', 20, ' answer.'] })
    const automatic = await startServer({ ...scripted, environment: { EMBEDDER: 'none', AUTO_DRAFT: 'true' } })
    try {
      const { openConversation } = await automatic.run(OpenConversationDocument, { input: { message: 'One' } })
      if (openConversation.__typename !== 'Conversation') throw new Error(openConversation.__typename)
      const conversationId = openConversation.id
      await Promise.all(['Two', 'Three', 'Four', 'Five'].map((said) => automatic.run(AddMessageDocument, { input: { conversationId, text: said } })))
      const drafts = async () =>
        (await automatic.run(ConversationDocument, { id: conversationId })).conversation!.drafts.edges.map(({ node }) => node)
      await expect.poll(async () => (await drafts()).map(({ status }) => status)).toEqual(['READY', ...Array(4).fill('SUPERSEDED')])
      const { database } = automatic.app.resources
      const last = await database.message.findFirstOrThrow({ orderBy: { position: 'desc' } })
      const made = await database.draft.findFirstOrThrow({ where: { status: 'READY' } })
      expect(made.turnMessageId).toBe(last.id)
      expect(scripted.requests.at(-1)?.question.split('\n\n').toSorted()).toEqual(['Five', 'Four', 'One', 'Three', 'Two'])
      for (const { id, status } of await drafts()) {
        const events = []
        for await (const { draftEvents } of automatic.events(DraftEventsDocument, { draftId: id })) events.push(draftEvents.__typename)
        const ends = events.filter((type) => ['DraftCompleted', 'DraftFailed', 'DraftCancelled'].includes(type))
        expect(ends).toHaveLength(1)
        // A superseded one may have been completed before the next message came.
        expect(ends[0]).toMatch(status === 'READY' ? /Completed$/ : /(Completed|Cancelled)$/)
      }
      // Beside an edited draft a newer one comes, and the edit stays.
      const [edited] = await drafts()
      await ask(
        'mutation ($input: SaveDraftEditInput!) { saveDraftEdit(input: $input) { __typename } }',
        { input: { draftId: edited!.id, text: 'Mine' } },
        { key: automatic.adminKey, at: automatic },
      )
      await automatic.run(AddMessageDocument, { input: { conversationId, text: 'Six' } })
      await expect.poll(async () => (await drafts()).map(({ status }) => status)).toEqual(['READY', ...Array(5).fill('SUPERSEDED')])
      const kept = await ask('query ($id: ID!) { draft(id: $id) { edit { text } } }', { id: edited!.id }, { key: automatic.adminKey, at: automatic })
      expect(kept.edit.text).toBe('Mine')
    } finally {
      await automatic.stop()
    }
  })
})
