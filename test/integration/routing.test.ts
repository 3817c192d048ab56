import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createIntentRouter } from '../../src/engines/intent-router.ts'
import { workOnRouter } from '../../src/jobs/train-router.ts'
import { floatsFromBytes } from '../../src/lib/float-bytes.ts'
import type { Resources } from '../../src/resources.ts'
import { routeMessage } from '../../src/services/routing/route-message.ts'
import { type IntentSeed, seedIntents } from '../../src/services/routing/seed-intents.ts'
import { startRouter } from '../../src/services/routing/start-router.ts'
import { routerTopic, trainRouter } from '../../src/services/routing/train-router.ts'
import { checkConversationSupport } from '../../src/services/support/check-conversation-support.ts'
import { type Knowledge, openKnowledge } from '../support/open-knowledge.ts'
import { createTestDatabase } from '../support/test-database.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let knowledge: Knowledge
let resources: Resources
const seeds = JSON.parse(readFileSync(new URL('../../data/sample-intents.json', import.meta.url), 'utf8')) as IntentSeed[]
const examples = seeds.flatMap((seed) => seed.examples).length

beforeAll(async () => {
  database = await createTestDatabase()
  knowledge = await openKnowledge({ environment: database.environment })
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
