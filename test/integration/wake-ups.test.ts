import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { createLogger } from '../../src/lib/logger.ts'
import { createMetrics } from '../../src/lib/metrics.ts'
import { openWakeUps } from '../../src/stores/open-wake-ups.ts'
import type { WakeUps } from '../../src/stores/wake-ups.ts'
import { freePort } from '../support/free-port.ts'
import { hasRedis, startRedis } from '../support/redis-server.ts'
import { createTestDatabase } from '../support/test-database.ts'

const logger = createLogger({ level: 'silent', isTerminal: false })
const opened: WakeUps[] = []
afterEach(async () => {
  for (const wakeUps of opened.splice(0)) await wakeUps.close()
})

async function open(config: { REDIS_URL?: string; DATABASE_URL?: string }) {
  const metrics = createMetrics()
  const wakeUps = await openWakeUps({ config: { REDIS_URL: undefined, DATABASE_URL: undefined, ...config }, logger, metrics })
  opened.push(wakeUps)
  const carried = async () => (await metrics.wakeUpsCarried.get()).values[0]?.value
  const count = async (direction: string) => (await metrics.wakeUps.get()).values.find(({ labels }) => labels.direction === direction)?.value ?? 0
  return { wakeUps, carried, count }
}

/** Counts how often a topic wakes somebody. */
function listenTo(wakeUps: WakeUps, topic: string) {
  const heard = { times: 0 }
  wakeUps.listen(topic, () => void (heard.times += 1))
  return heard
}

interface Place {
  config(): { REDIS_URL?: string; DATABASE_URL?: string }
  /** Ends every connection; the server may be away for a moment. */
  cut(): Promise<void>
}

function behavesWell(place: Place): void {
  it('wakes its own process at once and once, and the others', async () => {
    const here = await open(place.config())
    const there = await open(place.config())
    const own = listenTo(here.wakeUps, 'draft:1')
    const other = listenTo(there.wakeUps, 'draft:1')
    const elsewhere = listenTo(there.wakeUps, 'draft:2')
    here.wakeUps.notify('draft:1')
    expect(own.times).toBe(1)
    await expect.poll(() => other.times).toBe(1)
    // What comes back to the sender has passed when the answer to it has.
    const answer = listenTo(here.wakeUps, 'draft:3')
    there.wakeUps.notify('draft:3')
    await expect.poll(() => answer.times).toBe(1)
    expect([own.times, other.times, elsewhere.times]).toEqual([1, 1, 0])
    expect(here.wakeUps.state()).toMatchObject({ status: 'ready' })
  })

  it('makes one message of many wake-ups for the same', async () => {
    const here = await open(place.config())
    const there = await open(place.config())
    const other = listenTo(there.wakeUps, 'draft:1')
    const last = listenTo(there.wakeUps, 'draft:last')
    for (let round = 0; round < 1000; round++) here.wakeUps.notify('draft:1')
    here.wakeUps.notify('draft:last')
    await expect.poll(() => last.times).toBe(1)
    expect(other.times).toBe(1)
    expect(await here.count('sent')).toBe(2)
    expect(await there.count('received')).toBe(2)
  })

  it('says so when it is cut off, goes on alone, wakes everybody when it is back, and carries again', async () => {
    const here = await open(place.config())
    const there = await open(place.config())
    const own = listenTo(here.wakeUps, 'draft:1')
    const other = listenTo(there.wakeUps, 'draft:1')
    await place.cut()
    here.wakeUps.notify('draft:1')
    expect(own.times).toBe(1)
    // What may have been missed meanwhile is looked at: each listener is called once more.
    await expect.poll(() => other.times).toBeGreaterThanOrEqual(1)
    await expect.poll(() => own.times).toBeGreaterThanOrEqual(2)
    await expect.poll(() => [here.wakeUps.state().status, there.wakeUps.state().status]).toEqual(['ready', 'ready'])
    const again = listenTo(there.wakeUps, 'draft:2')
    await expect
      .poll(() => {
        here.wakeUps.notify('draft:2')
        return again.times
      })
      .toBeGreaterThan(0)
    expect(await here.carried()).toBe(1)
  })
}

describe.skipIf(inject('database').kind === 'embedded')('wake-ups through PostgreSQL', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>
  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database?.remove())
  const url = () => database.environment.DATABASE_URL!

  behavesWell({
    config: () => ({ DATABASE_URL: url() }),
    async cut() {
      const client = new pg.Client({ connectionString: url() })
      await client.connect()
      const { rowCount } = await client.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'understudy wake-ups' AND datname = current_database()`,
      )
      expect(rowCount).toBe(2)
      await client.end()
    },
  })
})

describe.skipIf(!hasRedis)('wake-ups through Redis (skipped where redis-server is not installed)', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis?.remove())

  behavesWell({
    config: () => ({ REDIS_URL: redis.url }),
    async cut() {
      await redis.stop()
      await expect.poll(() => opened.map((wakeUps) => wakeUps.state().status)).toEqual(['unavailable', 'unavailable'])
      await redis.start()
    },
  })

  it('may be away at the start', async () => {
    await redis.stop()
    const { wakeUps, carried, count } = await open({ REDIS_URL: redis.url })
    expect(wakeUps.state()).toMatchObject({ status: 'unavailable', detail: expect.stringContaining(new URL(redis.url).host) })
    expect(await carried()).toBe(0)
    const own = listenTo(wakeUps, 'draft:1')
    wakeUps.notify('draft:1')
    expect(own.times).toBe(1)
    await expect.poll(() => count('dropped')).toBe(1)
    await redis.start()
    await expect.poll(() => wakeUps.state().status).toBe('ready')
    expect(await carried()).toBe(1)
  })

  it('hears nothing from those that use another database of the same Redis', async () => {
    const here = await open({ REDIS_URL: `${redis.url}/1` })
    const there = await open({ REDIS_URL: `${redis.url}/2` })
    const besideIt = await open({ REDIS_URL: `${redis.url}/2` })
    const strange = listenTo(there.wakeUps, 'draft:1')
    const meant = listenTo(there.wakeUps, 'draft:2')
    here.wakeUps.notify('draft:1')
    await expect.poll(() => here.count('sent')).toBe(1)
    besideIt.wakeUps.notify('draft:2')
    await expect.poll(() => meant.times).toBe(1)
    expect(strange.times).toBe(0)
  })
})

it('wakes nobody but itself without either', async () => {
  const { wakeUps, carried } = await open({})
  const own = listenTo(wakeUps, 'draft:1')
  wakeUps.notify('draft:1')
  expect(own.times).toBe(1)
  expect(wakeUps.state().status).toBe('off')
  expect(await carried()).toBe(1)
})

it('keeps the password of a Redis that is not there to itself', async () => {
  const port = await freePort()
  const { wakeUps } = await open({ REDIS_URL: `redis://user:secret-word@127.0.0.1:${port}` })
  expect(wakeUps.state().detail).toContain(`127.0.0.1:${port}`)
  expect(wakeUps.state().detail).not.toContain('secret-word')
})
