import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Embedder, EmbedderUnavailableError } from '../../src/engines/embedder.ts'
import { createIntentRouter } from '../../src/engines/intent-router.ts'
import { workOnRouter } from '../../src/jobs/train-router.ts'
import { bytesFromFloats, floatsFromBytes } from '../../src/lib/float-bytes.ts'
import type { Resources } from '../../src/resources.ts'
import { describeRouter } from '../../src/services/routing/describe-router.ts'
import { readIntentExamples } from '../../src/services/routing/read-intent-examples.ts'
import { routeMessage } from '../../src/services/routing/route-message.ts'
import { type IntentSeed, seedIntents } from '../../src/services/routing/seed-intents.ts'
import { startRouter } from '../../src/services/routing/start-router.ts'
import { routerTopic, trainRouter } from '../../src/services/routing/train-router.ts'
import { checkConversationSupport } from '../../src/services/support/check-conversation-support.ts'
import { keptEmbedder } from '../support/kept-embedder.ts'
import { type Knowledge, openKnowledge } from '../support/open-knowledge.ts'
import { createTestDatabase } from '../support/test-database.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let knowledge: Knowledge
let resources: Resources
const seeds = JSON.parse(readFileSync(new URL('../../data/sample-intents.json', import.meta.url), 'utf8')) as IntentSeed[]
const examples = seeds.flatMap((seed) => seed.examples).length

beforeAll(async () => {
  database = await createTestDatabase()
  knowledge = await openKnowledge({ environment: database.environment, embedder: keptEmbedder })
  resources = knowledge.resources
})
afterAll(async () => {
  await knowledge.close()
  await database.remove()
})

const trained = () =>
  new Promise<void>((resolve) => {
    const stop = resources.wakeUps.listen(routerTopic, () => {
      stop()
      resolve()
    })
  })

test('abstains on an empty database', async () => {
  await trainRouter(resources)
  expect(await routeMessage(resources, { text: 'Where is my parcel?' })).toMatchObject({ intent: null, confidence: 0, degraded: false })
})

test('seeding trains the router through the queue, and seeding again does nothing', async () => {
  await workOnRouter(resources)
  const done = trained()
  expect(await seedIntents(resources, seeds)).toEqual({ intentsAdded: 21, examplesAdded: examples })
  await done
  expect(resources.router.current()).toMatchObject({ examples })
  expect(await routeMessage(resources, { text: 'I forgot my password' })).toMatchObject({
    intent: 'reset_password',
    outOfScope: false,
    degraded: false,
  })
  expect(await seedIntents(resources, seeds)).toEqual({ intentsAdded: 0, examplesAdded: 0 })
})

test('keeps the vectors, so that a process that starts embeds nothing', async () => {
  const stored = await resources.database.intentExample.findFirstOrThrow()
  const [fresh] = await resources.embedder!.embed([stored.text])
  expect(stored.embeddingModel).toBe(resources.embedder!.model)
  expect(floatsFromBytes(stored.embedding!)).toEqual(fresh)

  const embedder = {
    ...resources.embedder!,
    model: resources.embedder!.model,
    dimensions: 384,
    embed: () => Promise.reject(new Error('must not be asked')),
  }
  const router = createIntentRouter()
  const done = trained()
  const stop = startRouter({ ...resources, embedder, router } as Resources)
  expect(router.current()).toBeNull()
  await done
  expect(router.current()!.version).toBe(resources.router.current()!.version)
  await stop()
})

test('trains again when an example was added, and not otherwise', async () => {
  const before = resources.router.current()!.version
  await trainRouter(resources)
  expect(resources.router.current()!.version).toBe(before)
  await seedIntents(resources, [{ name: 'gift_card', examples: ['Is there a plastic version of the voucher?'] }])
  await trainRouter(resources)
  expect(resources.router.current()!.version).not.toBe(before)
  expect(resources.router.current()!.examples).toBe(examples + 1)
})

test('loads what the newest examples say, however trainings overlap', async () => {
  const adding = [1, 2, 3].map(async (number) => {
    await seedIntents(resources, [{ name: 'gift_card', examples: [`Overlapping example ${number}`] }])
    await trainRouter(resources)
  })
  await Promise.all(adding)
  expect(resources.router.current()!.examples).toBe(await resources.database.intentExample.count())
})

test('trains once for many that ask at the same time', async () => {
  const count = async () => Number(/training_seconds_count (\d+)/.exec(await resources.metrics.registry.metrics())![1])
  const before = await count()
  await seedIntents(resources, [{ name: 'gift_card', examples: ['Asked for by a hundred'] }])
  await Promise.all(Array.from({ length: 100 }, () => trainRouter(resources)))
  expect(resources.router.current()!.examples).toBe(await resources.database.intentExample.count())
  expect(await count()).toBe(before + 1)
})

test('reads the examples page by page, each with its own vector', async () => {
  const { embedding, embeddingModel, intentId } = await resources.database.intentExample.findFirstOrThrow()
  const vectorOf = (number: number) => floatsFromBytes(embedding!).map((value, index) => (index === 0 ? number : value))
  const added = Array.from({ length: 1_200 }, (_, number) => ({
    intentId,
    text: `Copy ${number}`,
    embedding: bytesFromFloats(vectorOf(number)),
    embeddingModel,
  }))
  await resources.database.intentExample.createMany({ data: added })
  const read = await readIntentExamples({ ...resources, embedder: resources.embedder! })
  expect(read).toHaveLength(await resources.database.intentExample.count())
  const copies = read.filter(({ text }) => text.startsWith('Copy '))
  expect(copies).toHaveLength(1_200)
  expect(copies.every(({ text, vector }) => text === `Copy ${vector[0]}`)).toBe(true)
  await resources.database.intentExample.deleteMany({ where: { text: { startsWith: 'Copy ' } } })
})

test('abstains on text that has no letter, and is unsure of what the examples do not speak of', async () => {
  await trainRouter(resources)
  for (const text of ['?!?!', '0123 456', '🙂🙂'])
    expect(await routeMessage(resources, { text })).toMatchObject({ intent: null, confidence: 0, nearest: [] })
  for (const text of ['我想知道我的包裹在哪里', 'Где моя посылка и когда она придёт', 'ﻣﺮﺣﺒﺎ ﻛﻴﻒ ﺣﺎﻟﻚ', 'asdf qwer zxcv hjkl', 'ก ข ค ง'])
    expect(await routeMessage(resources, { text }), text).toMatchObject({ outOfScope: true })
})

test('says why it could not be trained, and trains when the embedder is back', async () => {
  await trainRouter(resources)
  const { id } = await resources.database.intentExample.findFirstOrThrow()
  await resources.database.intentExample.update({ where: { id }, data: { embedding: null } })
  const { model } = resources.embedder!
  const away = { model, dimensions: 384, embed: () => Promise.reject(new EmbedderUnavailableError('it is being moved')) } as unknown as Embedder
  const router = createIntentRouter()
  await expect(trainRouter({ ...resources, embedder: away, router })).rejects.toThrow('it is being moved')
  expect(describeRouter({ router, embedder: away })).toMatchObject({
    state: 'ABSTAINING',
    detail: expect.stringContaining('it is being moved'),
    isTraining: false,
  })
  await trainRouter({ ...resources, router })
  expect(describeRouter({ ...resources, router })).toMatchObject({ state: 'READY', version: resources.router.current()!.version })
  expect(describeRouter({ router: createIntentRouter(), embedder: null })).toMatchObject({
    state: 'ABSTAINING',
    detail: expect.stringContaining('EMBEDDER=none'),
  })
})

test('stops while it trains', async () => {
  const router = createIntentRouter()
  const stop = startRouter({ ...resources, router })
  await stop()
  expect(router.current()).toBeNull()
})

test('checks no text for a conversation that is not there', async () => {
  expect(await checkConversationSupport(resources, { conversationId: null, text: 'Anything.' })).toBeNull()
  expect(await checkConversationSupport(resources, { conversationId: 'nowhere', text: 'Anything.' })).toBeNull()
})
