import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ExportTrainingDataDocument, type ExportTrainingDataInput } from '../generated/graphql.ts'
import { deskOf, globalId } from '../support/desk.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
const desk = deskOf(() => server)
const database = () => server.app.resources.database
let made = 0

beforeAll(async () => {
  server = await startServer({ environment: { EMBEDDER: 'none' } })
  await desk.mutate('createArticle', { title: 'Contact', body: 'Write to help@acme.example.', category: 'Help' }, 'id')
})
afterAll(() => server?.stop())

interface Given {
  customerName?: string
  correction?: string | null
  state?: 'APPROVED' | 'CANDIDATE'
  rating?: 'HELPFUL' | 'NOT_HELPFUL'
  isSentAsDrafted?: boolean
  heldOut?: boolean
  processed?: boolean
  question?: string
}

async function taught({
  customerName = 'Ann Lee',
  correction = 'Hi Ann, you have 60 days. Write to help@acme.example.',
  state = 'APPROVED',
  question = 'I am Ann Lee, ann@mail.example. Order #48213?',
  ...rest
}: Given = {}) {
  const customer = await database().customer.create({ data: { name: customerName } })
  const conversation = await database().conversation.create({ data: { customerId: customer.id } })
  const turn = await database().message.create({
    data: { conversationId: conversation.id, position: 1, kind: 'CUSTOMER', text: question, customerId: customer.id },
  })
  const prompt = [
    { role: 'system', content: 'Be kind.' },
    { role: 'user', content: question },
  ]
  const draft = await database().draft.create({
    data: { conversationId: conversation.id, turnMessageId: turn.id, text: 'You have 30 days.', status: 'SENT', prompt },
  })
  const example = await database().trainingExample.create({
    data: {
      draftId: draft.id,
      conversationId: conversation.id,
      question,
      originalResponse: draft.text,
      correction,
      state,
      intent: `intent-${made++}`,
      ...rest,
    },
  })
  return {
    customerId: customer.id,
    conversationId: conversation.id,
    exampleId: example.id,
    intent: example.intent!,
    messageId: turn.id,
    draftId: draft.id,
  }
}

async function exported(input: ExportTrainingDataInput) {
  const { exportTrainingData } = await server.run(ExportTrainingDataDocument, { input })
  if (exportTrainingData.__typename !== 'DatasetExport') throw new Error(JSON.stringify(exportTrainingData))
  const response = await fetch(exportTrainingData.url)
  const text = await response.text()
  expect(response.headers.get('content-type')).toContain('jsonl')
  expect(createHash('sha256').update(text).digest('hex')).toBe(exportTrainingData.sha256)
  const rows = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
  expect(rows).toHaveLength(exportTrainingData.rows)
  return { ...exportTrainingData, data: rows }
}

const message = z.strictObject({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })
const shapes = {
  CORRECTIONS: z.strictObject({ original: z.string(), correction: z.string(), intent: z.string().nullable(), conversation_id: z.string() }),
  CHAT: z.strictObject({ messages: z.array(message).min(2), rating: z.enum(['helpful', 'corrected']), notes: z.string().nullable() }),
  PREFERENCE: z.strictObject({ prompt: z.array(message).min(1), chosen: z.tuple([message]), rejected: z.tuple([message]) }),
  KTO: z.strictObject({ prompt: z.array(message).min(1), completion: z.tuple([message]), label: z.boolean() }),
}

describe('an export', () => {
  it('of nothing is an empty file', async () => {
    expect(await exported({ format: 'CHAT', intent: 'none' })).toMatchObject({ rows: 0, data: [] })
  })

  it.each(Object.keys(shapes) as (keyof typeof shapes)[])('as %s has rows of its shape, in an order that stays', async (format) => {
    await taught()
    await taught({ correction: null, rating: 'HELPFUL', isSentAsDrafted: true })
    const first = await exported({ format })
    for (const row of first.data) shapes[format].parse(row)
    expect(first.rows).toBeGreaterThan(0)
    expect((await exported({ format })).sha256).toBe(first.sha256)
    expect((await exported({ format, limit: 1 })).data).toEqual(first.data.slice(0, 1))
  })

  it('takes out who the customer is, and leaves the company’s own address', async () => {
    const { intent } = await taught()
    const [row] = (await exported({ format: 'CHAT', intent })).data
    expect(row.messages.map(({ content }: { content: string }) => content)).toEqual([
      'Be kind.',
      'I am [name], [email]. Order [order]?',
      'Hi [name], you have 60 days. Write to help@acme.example.',
    ])
    expect(JSON.stringify((await exported({ format: 'CHAT', intent, redact: false })).data)).toContain('ann@mail.example')
  })

  it('has what is approved alone, and what is held out only when it is asked for', async () => {
    const waiting = await taught({ state: 'CANDIDATE' })
    const held = await taught({ heldOut: true })
    expect((await exported({ format: 'CORRECTIONS', intent: waiting.intent })).rows).toBe(0)
    expect((await exported({ format: 'CORRECTIONS', intent: held.intent })).rows).toBe(0)
    expect((await exported({ format: 'CORRECTIONS', intent: held.intent, includeHeldOut: true })).rows).toBe(1)
    const used = await taught({ processed: true })
    expect((await exported({ format: 'CORRECTIONS', intent: used.intent, processed: false })).rows).toBe(0)
    expect((await exported({ format: 'CORRECTIONS', intent: used.intent, processed: true })).rows).toBe(1)
  })

  it('gives a helpful draft that was sent as it was to CHAT and KTO', async () => {
    const { intent } = await taught({ correction: null, rating: 'HELPFUL', isSentAsDrafted: true })
    expect((await exported({ format: 'CHAT', intent })).data).toMatchObject([{ rating: 'helpful' }])
    expect((await exported({ format: 'KTO', intent })).data).toMatchObject([{ completion: [{ content: 'You have 30 days.' }], label: true }])
    expect((await exported({ format: 'PREFERENCE', intent })).rows).toBe(0)
  })

  it('comes in several pieces when it is large', async () => {
    const correction = 'A reply of some length that says the same again and again. '.repeat(300)
    for (let index = 0; index < 60; index++) await taught({ correction: `${index} ${correction}` })
    const { id } = await exported({ format: 'PREFERENCE' })
    expect(
      await database().datasetChunk.count({ where: { dataset: { id: Buffer.from(id, 'base64').toString().split(':')[1]! } } }),
    ).toBeGreaterThanOrEqual(1)
  })

  it('is refused with a bad limit, and its link ends', async () => {
    const { exportTrainingData } = await server.run(ExportTrainingDataDocument, { input: { format: 'CHAT', limit: 0 } })
    expect(exportTrainingData).toMatchObject({ code: 'INVALID_INPUT' })
    const { url } = await exported({ format: 'CHAT' })
    expect((await fetch(`${url.slice(0, -2)}xx`)).status).toBe(404)
    await database().dataset.updateMany({ data: { expiresAt: new Date(0) } })
    expect((await fetch(url)).status).toBe(404)
    expect((await fetch(url, { method: 'POST' })).status).toBe(405)
  })
})

describe('erasing a customer', () => {
  const erase = (customerId: string) =>
    desk.mutate('eraseCustomer', { customerId: globalId('Customer', customerId) }, 'conversations trainingExamples modelVersions')

  it('takes all they wrote, what was made of it, and says which models have seen it', async () => {
    const theirs = await taught({ question: 'A very private question' })
    const other = await taught()
    const { sha256, url } = await exported({ format: 'CHAT' })
    await database().modelVersion.create({ data: { name: 'Tuned', kind: 'FINE_TUNED', datasetSha256: sha256! } })
    const run = await database().run.create({
      data: { kind: 'RETRAINING', status: 'COMPLETED', retraining: { create: { activated: true, activatedAt: new Date() } } },
    })
    const learned = { retrainingId: run.id, trainingExampleId: theirs.exampleId }
    await database().fewShotExample.create({
      data: { ...learned, question: 'A very private question', reply: 'x', embedding: new Uint8Array(4), embeddingModel: 'm', quality: 1, tokens: 1 },
    })
    await database().retrainingExample.create({ data: { ...learned, heldOut: false, isNew: true } })
    await database().learnedParameters.create({ data: { retrainingId: run.id } })
    const gap = await database().knowledgeGap.create({ data: { question: 'A very private question', count: 1 } })
    await database().gapQuestion.create({
      data: { gapId: gap.id, conversationId: theirs.conversationId, messageId: theirs.messageId, text: 'A very private question' },
    })

    expect(await erase(theirs.customerId)).toEqual({ __typename: 'ErasedCustomer', conversations: 1, trainingExamples: 1, modelVersions: ['Tuned'] })
    expect((await fetch(url)).status).toBe(404)
    expect(await database().modelVersion.findFirst({ where: { name: 'Tuned' } })).toMatchObject({ erasedExamples: 1 })
    expect(await database().learnedParameters.count()).toBe(0)
    expect(await database().run.count({ where: { kind: 'RETRAINING', retraining: { trigger: 'REBUILD' } } })).toBe(1)
    const tables = await database().$queryRaw<
      { name: string }[]
    >`SELECT tablename AS name FROM pg_tables WHERE schemaname IN ('public', 'pgboss') AND tablename NOT LIKE '\\_prisma%'`
    for (const { name } of tables) {
      const [{ found }] = await database().$queryRawUnsafe<[{ found: boolean }]>(
        `SELECT EXISTS (SELECT 1 FROM ${await schemaOf(name)}."${name}" t WHERE t::text LIKE '%very private%') AS found`,
      )
      expect([name, found]).toEqual([name, false])
    }
    expect(await database().trainingExample.count({ where: { id: other.exampleId } })).toBe(1)
    expect(await erase(theirs.customerId)).toMatchObject({ __typename: 'NotFoundError' })
  })

  async function schemaOf(name: string): Promise<string> {
    const [{ schema }] = await database().$queryRaw<
      [{ schema: string }]
    >`SELECT schemaname AS schema FROM pg_tables WHERE tablename = ${name} LIMIT 1`
    return `"${schema}"`
  }
})
