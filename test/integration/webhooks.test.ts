import type { ServerResponse } from 'node:http'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Resources } from '../../src/resources.ts'
import { recordTimeline, system } from '../../src/services/conversations/record-timeline.ts'
import { attemptDelivery } from '../../src/services/webhooks/attempt-delivery.ts'
import { claimDeliveries } from '../../src/services/webhooks/claim-deliveries.ts'
import { createWebhook } from '../../src/services/webhooks/create-webhook.ts'
import { keepDelivering } from '../../src/services/webhooks/keep-delivering.ts'
import { purgeDeliveries } from '../../src/services/webhooks/purge-deliveries.ts'
import { recordWebhookEvent } from '../../src/services/webhooks/record-webhook-event.ts'
import { schedule } from '../../src/services/webhooks/retry-delay.ts'
import { conversationsTopic } from '../../src/stores/event-log.ts'
import { deskOf, globalId, rowId } from '../support/desk.ts'
import { scriptGenerator } from '../support/scripted-generator.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { isSignedWith, startReceiver } from '../support/webhook-receiver.ts'

let server: TestServer
let receiver: Awaited<ReturnType<typeof startReceiver>>
const desk = deskOf(() => server)
beforeAll(async () => {
  receiver = await startReceiver()
  server = await startServer({
    ...scriptGenerator({ pieces: ['Hello.'] }),
    environment: { EMBEDDER: 'none', WEBHOOK_PRIVATE_ADDRESSES: 'true' },
  })
})
afterAll(async () => {
  await server?.stop()
  await receiver?.close()
})
afterEach(() => database().webhook.deleteMany())

const database = () => server.app.resources.database
const fields = 'id url events enabled disabledReason failingSince previousSecretUntil'
let paths = 0
/** A webhook with a path of the receiver for itself. */
async function hook(...events: string[]): Promise<{ id: string; secret: string; path: string }> {
  const path = `/${++paths}`
  const created = await desk.mutate('createWebhook', { url: receiver.url(path), events }, `secret webhook { ${fields} }`)
  return { id: created.webhook.id, secret: created.secret, path }
}
const read = async (id: string) => (await desk.ask(`query ($id: ID!) { node(id: $id) { ... on Webhook { ${fields} } } }`, { id })).node
async function deliveries(id: string, status?: string): Promise<any[]> {
  const query = `query ($id: ID!, $status: WebhookDeliveryStatus) { webhookDeliveries(webhookId: $id, status: $status) { edges { node {
    id eventId event body status attemptCount nextAttemptAt deliveredAt attempts { statusCode error tookMs } } } } }`
  return (await desk.ask(query, { id, status })).webhookDeliveries.edges.map(({ node }: any) => node)
}
/** Something to tell, without a conversation. */
const record = (count = 1) =>
  database().$transaction((tx) =>
    recordWebhookEvent(
      tx,
      ...Array.from({ length: count }, (_, index) => ({
        event: 'RETRAINING_COMPLETED' as const,
        data: { runId: globalId('RetrainingRun', String(index)) },
      })),
    ),
  )
const look = () => server.app.resources.wakeUps.notify(conversationsTopic)
async function makeDue(webhookId: string): Promise<void> {
  await database().webhookDelivery.updateMany({ where: { webhookId: rowId(webhookId), status: 'PENDING' }, data: { nextAttemptAt: new Date(0) } })
  look()
}

describe('a webhook', () => {
  it('is told what happens, signed, by ids and without text', async () => {
    const { id, secret, path } = await hook(
      'CONVERSATION_OPENED',
      'MESSAGE_ADDED',
      'DRAFT_READY',
      'REPLY_SENT',
      'CONVERSATION_ESCALATED',
      'CONVERSATION_RESOLVED',
    )
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    const conversationId = await desk.open('My private question')
    const { id: draftId } = await desk.mutate('draftReply', { conversationId }, 'id')
    const isReady = async () => (await desk.ask('query ($id: ID!) { draft(id: $id) { status } }', { id: draftId })).draft.status
    await expect.poll(isReady).toBe('READY')
    const { id: replyId } = await desk.mutate('sendReply', { conversationId, text: 'A private answer', draftId }, 'id')
    await desk.mutate('addNote', { conversationId, text: 'A private note' })
    await desk.mutate('escalateConversation', { conversationId, reasons: ['OTHER'], note: 'A private reason' })
    await desk.mutate('resolveConversation', { conversationId })
    await expect.poll(() => receiver.at(path).length).toBe(7)
    const messages = receiver.at(path)
    expect(messages.map(({ body }) => body.type).sort()).toEqual([
      'CONVERSATION_ESCALATED',
      'CONVERSATION_OPENED',
      'CONVERSATION_RESOLVED',
      'DRAFT_READY',
      'MESSAGE_ADDED',
      'MESSAGE_ADDED',
      'REPLY_SENT',
    ])
    expect(messages.every((message) => isSignedWith(secret, message))).toBe(true)
    expect(isSignedWith(secret, { ...messages[0]!, text: messages[0]!.text.replace('T', 't') })).toBe(false)
    const told = (type: string) => messages.find(({ body }) => body.type === type)!.body
    expect(told('DRAFT_READY')).toEqual({ type: 'DRAFT_READY', timestamp: expect.stringMatching(/^20.*Z$/), data: { conversationId, draftId } })
    expect(told('REPLY_SENT').data).toEqual({ conversationId, messageId: replyId })
    expect(new Set(messages.map(({ headers }) => headers['webhook-id'])).size).toBe(7)
    expect(messages.map(({ text }) => text).join()).not.toMatch(/private|Hello/)
    await expect.poll(async () => (await deliveries(id, 'DELIVERED')).length).toBe(7)
    expect((await deliveries(id))[0]).toMatchObject({ attemptCount: 1, nextAttemptAt: null, attempts: [{ statusCode: 204, error: null }] })
  })

  it('costs no statement of its own', async () => {
    const conversation = rowId(await desk.open())
    const used: PropertyKey[] = []
    await database().$transaction(async (tx) => {
      const watched = new Proxy(tx, {
        get(target, name) {
          used.push(name)
          const value = Reflect.get(target, name)
          return typeof value === 'function' ? value.bind(target) : value
        },
      })
      await recordTimeline(watched, conversation, system, { kind: 'STATUS', status: 'RESOLVED' })
    })
    expect(used).toEqual(['$executeRaw'])
    expect(await database().webhookDelivery.count()).toBe(0)
  })

  it('is owed nothing when what happened is rolled back', async () => {
    const { id, path } = await hook('CONVERSATION_RESOLVED', 'RETRAINING_COMPLETED')
    const conversation = rowId(await desk.open())
    const undone = database().$transaction(async (tx) => {
      await recordTimeline(tx, conversation, system, { kind: 'STATUS', status: 'RESOLVED' })
      await recordWebhookEvent(tx, { event: 'RETRAINING_COMPLETED', data: { runId: 'x' } })
      expect(await tx.webhookDelivery.count({ where: { webhookId: rowId(id) } })).toBe(2)
      throw new Error('changed my mind')
    })
    await expect(undone).rejects.toThrow('changed my mind')
    await record()
    await expect.poll(() => receiver.at(path).length).toBe(1)
    expect(receiver.at(path)[0]!.body).toMatchObject({ type: 'RETRAINING_COMPLETED', data: { runId: globalId('RetrainingRun', '0') } })
    expect(await deliveries(id)).toHaveLength(1)
  })

  it('fails nobody whose event it wants while it is being deleted', async (context) => {
    if (inject('database').kind === 'embedded') return context.skip('the embedded database has one connection: nothing happens meanwhile')
    const { id } = await hook('RETRAINING_COMPLETED')
    const [isGone, mayCommit] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const deleting = database().$transaction(async (tx) => {
      await tx.webhook.delete({ where: { id: rowId(id) } })
      isGone.resolve()
      await mayCommit.promise
    })
    await isGone.promise
    const recording = record()
    const waiting = () =>
      database().$queryRaw<unknown[]>`SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%INSERT INTO "WebhookDelivery"%'`
    await expect.poll(async () => (await waiting()).length).toBe(1)
    mayCommit.resolve()
    await deleting
    expect(await recording).toBeUndefined()
  })

  it('is for admins', async () => {
    const { id } = await hook('REPLY_SENT')
    const key = await server.createKey('AGENT')
    await expect(desk.ask('{ webhooks { edges { node { id } } } }', {}, key)).rejects.toThrow('FORBIDDEN')
    await expect(desk.mutate('deleteWebhook', { webhookId: id }, 'id', key)).rejects.toThrow('FORBIDDEN')
    expect(await desk.ask('query ($id: ID!) { node(id: $id) { id } }', { id }, key)).toEqual({ node: null })
    expect((await desk.ask('{ webhooks { edges { node { id url } } } }')).webhooks.edges).toHaveLength(1)
    expect(JSON.stringify(await database().webhook.findMany())).not.toContain('whsec_')
    expect(await desk.mutate('deleteWebhook', { webhookId: id }, 'id')).toMatchObject({ id })
    expect(await desk.mutate('deleteWebhook', { webhookId: id }, 'id')).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('is one of at most 20', async () => {
    await database().webhook.createMany({ data: Array.from({ length: 19 }, () => ({ url: receiver.url('/none'), events: ['REPLY_SENT' as const] })) })
    const create = () => desk.mutate('createWebhook', { url: receiver.url('/none'), events: ['REPLY_SENT'] })
    const both = await Promise.all([create(), create()])
    expect(both.map(({ __typename }) => __typename).sort()).toEqual(['ConflictError', 'CreatedWebhook'])
  })
})

describe('a delivery that fails', () => {
  it('is tried ten times by the schedule, and then given up', async () => {
    const { id, path } = await hook('RETRAINING_COMPLETED')
    receiver.answerStatus(path, 500)
    await record()
    for (let attempt = 1; attempt <= 10; attempt++) {
      if (attempt > 1) await makeDue(id)
      await expect.poll(async () => (await deliveries(id))[0].attemptCount).toBe(attempt)
      const [{ nextAttemptAt, status }] = await deliveries(id)
      if (attempt === 10) expect([nextAttemptAt, status]).toEqual([null, 'FAILED'])
      else expect((Date.parse(nextAttemptAt) - Date.now()) / 1_000 / schedule[attempt]!).toSatisfy((share: number) => share > 0 && share <= 1.11)
    }
    expect(receiver.at(path)).toHaveLength(10)
    expect(new Set(receiver.at(path).map(({ headers, text }) => headers['webhook-id'] + text)).size).toBe(1)
    const [delivery] = await deliveries(id)
    expect(delivery.attempts).toHaveLength(10)
    expect(delivery.attempts[0]).toMatchObject({ statusCode: 500, error: 'it answered 500' })
    expect(await read(id)).toMatchObject({ enabled: true, failingSince: expect.any(String) })
    receiver.takeAll(path)
    const replayed = await desk.mutate('replayWebhookDelivery', { deliveryId: delivery.id }, 'id eventId')
    expect(replayed).toMatchObject({ eventId: delivery.eventId })
    expect(replayed.id).not.toBe(delivery.id)
    await expect.poll(async () => (await deliveries(id, 'DELIVERED')).map((one) => one.id)).toEqual([replayed.id])
    expect(receiver.at(path).at(-1)!.headers['webhook-id']).toBe(delivery.eventId)
    expect(await read(id)).toMatchObject({ failingSince: null })
  })

  it('waits for as long as the receiver asks, and cannot be replayed meanwhile', async () => {
    const { id, path } = await hook('RETRAINING_COMPLETED')
    receiver.answerStatus(path, 503, { 'retry-after': '1000' })
    await record()
    await expect.poll(async () => (await deliveries(id))[0].attemptCount).toBe(1)
    const [{ id: deliveryId, nextAttemptAt }] = await deliveries(id)
    expect((Date.parse(nextAttemptAt) - Date.now()) / 1_000).toBeGreaterThan(900)
    expect(await desk.mutate('replayWebhookDelivery', { deliveryId }, 'id')).toMatchObject({ code: 'CONFLICT' })
  })

  it('follows no redirect and reads no endless answer', async () => {
    const { id, path } = await hook('RETRAINING_COMPLETED')
    receiver.answerStatus(path, 302, { location: receiver.url('/elsewhere') })
    await record()
    await expect.poll(async () => (await deliveries(id))[0].attempts).toMatchObject([{ statusCode: 302, error: 'it answered 302' }])
    const closed = Promise.withResolvers<void>()
    receiver.answer(path, (response) => {
      response.writeHead(200).on('close', () => closed.resolve())
      const write = () => {
        while (!response.destroyed && response.write('x'.repeat(16_384)));
      }
      response.on('drain', write)
      write()
    })
    await makeDue(id)
    await expect.poll(async () => (await deliveries(id))[0].status).toBe('DELIVERED')
    await closed.promise
    expect(receiver.at('/elsewhere')).toEqual([])
  })

  it('disables the webhook at once when the receiver is gone, and what waits is given up', async () => {
    const { id, path } = await hook('RETRAINING_COMPLETED')
    receiver.answerStatus(path, 500)
    await record()
    await expect.poll(async () => (await deliveries(id))[0].attemptCount).toBe(1)
    receiver.answerStatus(path, 410)
    await record()
    await expect.poll(async () => (await read(id)).enabled).toBe(false)
    expect((await read(id)).disabledReason).toContain('410')
    expect((await deliveries(id)).map(({ status }) => status)).toEqual(['FAILED', 'FAILED'])
    await record()
    expect(await deliveries(id)).toHaveLength(2)
    const [{ id: deliveryId }] = await deliveries(id)
    expect(await desk.mutate('replayWebhookDelivery', { deliveryId }, 'id')).toMatchObject({ code: 'CONFLICT' })
    receiver.takeAll(path)
    expect(await desk.mutate('updateWebhook', { webhookId: id, enabled: true }, fields)).toMatchObject({ enabled: true, disabledReason: null })
    await record()
    await expect.poll(async () => (await deliveries(id, 'DELIVERED')).length).toBe(1)
    expect(await desk.mutate('updateWebhook', { webhookId: id, enabled: false }, fields)).toMatchObject({ enabled: false })
  })

  it('disables the webhook when every attempt has failed for five days', async () => {
    const { id, path } = await hook('RETRAINING_COMPLETED')
    receiver.answerStatus(path, 500)
    await database().webhook.update({ where: { id: rowId(id) }, data: { failingSince: new Date(Date.now() - 4.9 * 86_400_000) } })
    await record()
    await expect.poll(async () => (await deliveries(id))[0].attemptCount).toBe(1)
    expect((await read(id)).enabled).toBe(true)
    await database().webhook.update({ where: { id: rowId(id) }, data: { failingSince: new Date(Date.now() - 5.1 * 86_400_000) } })
    await makeDue(id)
    await expect.poll(async () => (await read(id)).disabledReason).toContain('five days')
  })
})

describe('a secret', () => {
  it('is replaced with an overlap in which either verifies, or at once', async () => {
    const { id, path, secret: first } = await hook('RETRAINING_COMPLETED')
    const rotate = (overlap: object) => desk.mutate('rotateWebhookSecret', { webhookId: id, ...overlap }, `secret webhook { ${fields} }`)
    const next = async () => {
      const before = receiver.at(path).length
      await record()
      await expect.poll(() => receiver.at(path).length).toBe(before + 1)
      return receiver.at(path).at(-1)!
    }
    const { secret: second, webhook } = await rotate({})
    expect((Date.parse(webhook.previousSecretUntil) - Date.now()) / 3_600_000).toBeCloseTo(24, 1)
    const either = await next()
    expect(either.headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/)
    expect([first, second].map((secret) => isSignedWith(secret, either))).toEqual([true, true])
    await database().webhook.update({ where: { id: rowId(id) }, data: { previousSecretUntil: new Date() } })
    const overlapOver = await next()
    expect([first, second].map((secret) => isSignedWith(secret, overlapOver))).toEqual([false, true])
    const { secret: third } = await rotate({ overlapHours: 0 })
    const atOnce = await next()
    expect([first, second, third].map((secret) => isSignedWith(secret, atOnce))).toEqual([false, false, true])
    expect(await rotate({ overlapHours: 169 })).toMatchObject({ code: 'INVALID_INPUT' })
  })
})

describe('deliveries', () => {
  it('are made by another worker when one dies with them', async () => {
    const { id, path } = await hook('RETRAINING_COMPLETED')
    // Claimed in the transaction that makes it, so that no other worker comes first; and then nothing more is heard of that one.
    const claimed = await database().$transaction(async (tx) => {
      await recordWebhookEvent(tx, { event: 'RETRAINING_COMPLETED', data: { runId: 'x' } })
      // In the same transaction the time, which is rounded to milliseconds, may not have come.
      await tx.webhookDelivery.updateMany({ data: { nextAttemptAt: new Date(0) } })
      return claimDeliveries({ database: tx as Resources['database'] })
    })
    expect(claimed).toHaveLength(1)
    expect(await claimDeliveries(server.app.resources)).toEqual([])
    expect(receiver.at(path)).toEqual([])
    // The lease is over.
    await makeDue(id)
    await expect.poll(async () => (await deliveries(id, 'DELIVERED')).length).toBe(1)
  })

  it('are made once by many workers, and a slow receiver holds up nobody else', async () => {
    const [slow, quick] = [await hook('RETRAINING_COMPLETED'), await hook('RETRAINING_COMPLETED')]
    const held: ServerResponse[] = []
    receiver.answer(slow.path, (response) => void held.push(response))
    const stop = keepDelivering(server.app.resources)
    try {
      await record(30)
      await expect.poll(() => receiver.at(quick.path).length).toBe(30)
      expect(new Set(receiver.at(quick.path).map(({ headers }) => headers['webhook-id'])).size).toBe(30)
      // Four at a time by each of the two.
      expect(receiver.at(slow.path).length).toBeLessThanOrEqual(8)
      receiver.takeAll(slow.path)
      for (const response of held) response.writeHead(200).end()
      await expect.poll(() => receiver.at(slow.path).length).toBe(30)
      await expect.poll(async () => database().webhookDelivery.count({ where: { status: 'DELIVERED' } })).toBe(60)
    } finally {
      await stop()
    }
  })

  it('are forgotten after 30 days', async () => {
    const { id } = await hook('RETRAINING_COMPLETED')
    await record(3)
    await expect.poll(async () => (await deliveries(id, 'DELIVERED')).length).toBe(3)
    const [oldest] = await deliveries(id)
    await database().webhookDelivery.update({ where: { id: rowId(oldest.id) }, data: { createdAt: new Date(Date.now() - 31 * 86_400_000) } })
    expect(await purgeDeliveries(server.app.resources)).toBe(1)
    expect((await deliveries(id)).map((delivery) => delivery.id)).not.toContain(oldest.id)
  })
})

describe('an address', () => {
  const guarded = () => ({ ...server.app.resources, config: { ...server.app.resources.config, WEBHOOK_PRIVATE_ADDRESSES: false } })
  const create = (url: string) => createWebhook(guarded(), { url, events: ['REPLY_SENT'], by: null })

  it.each([
    ['http', 'http://example.com/', 'https://'],
    ['another protocol', 'file:///etc/passwd', 'not a web address'],
    ['nonsense', 'nonsense', 'not a web address'],
    ['a password', 'https://ann:secret@example.com/', 'a password'],
    ['this machine', 'https://127.0.0.1/', 'private'],
    ['this machine in other digits', 'https://2130706433/', 'private'],
    ['the metadata of cloud machines', 'https://169.254.169.254/', 'private'],
    ['a private network in IPv6', 'https://[fd00::1]/', 'private'],
    ['IPv4 in IPv6', 'https://[::ffff:10.0.0.1]/', 'private'],
    ['too long a text', `https://example.com/${'x'.repeat(2_000)}`, 'at most 2000'],
  ])('is refused when it is %s', async (_what, url, reason) => {
    await expect(create(url)).rejects.toThrow(reason)
  })

  it('is taken when it is public, and only with events', async () => {
    expect((await create('https://example.com:8443/hooks?x=1')).webhook.url).toBe('https://example.com:8443/hooks?x=1')
    expect((await create('https://example.com/a\r\nb#part')).webhook.url).toBe('https://example.com/ab')
    expect(await desk.mutate('createWebhook', { url: receiver.url('/none'), events: [] })).toMatchObject({ code: 'INVALID_INPUT' })
  })

  it('is looked at again when something is sent: a name may mean a private one', async () => {
    for (const [url, reason] of [
      [`https://localhost:${receiver.port}/private`, 'localhost is at a private address'],
      [`https://127.0.0.1:${receiver.port}/private`, '127.0.0.1 is at a private address'],
      [receiver.url('/private'), 'the address does not start with https://'],
    ] as const) {
      // Disabled, so that only this attempt is made.
      const webhook = await database().webhook.create({ data: { url, events: [], disabledAt: new Date() } })
      const payload = { timestamp: '', data: {} }
      const made = await database().webhookDelivery.create({ data: { webhookId: webhook.id, eventId: 'e', event: 'REPLY_SENT', payload } })
      await attemptDelivery(guarded(), { ...webhook, ...made }, { signal: new AbortController().signal })
      expect(await database().webhookAttempt.findFirst({ where: { deliveryId: made.id } })).toMatchObject({ statusCode: null, error: reason })
    }
    expect(receiver.at('/private')).toEqual([])
  })
})
