import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLogger } from '../../src/lib/logger.ts'
import { type CostBudgets, createCostBudgets } from '../../src/stores/cost-budgets.ts'
import { hasRedis, startRedis } from '../support/redis-server.ts'

describe.skipIf(!hasRedis)('budgets of two replicas with a Redis', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>
  let replicas: CostBudgets[]
  beforeAll(async () => {
    redis = await startRedis()
    const logger = createLogger({ level: 'silent', isTerminal: false })
    replicas = [1, 2].map(() => createCostBudgets({ config: { REDIS_URL: redis.url }, logger }))
  })
  afterAll(async () => {
    for (const replica of replicas ?? []) await replica.close()
    await redis?.remove()
  })

  let tried = 0
  /** Two that count alone have the same number left of what nobody has used. */
  async function areShared(): Promise<boolean> {
    const caller = `caller ${tried++}`
    const left = await Promise.all(replicas.map((replica) => replica.take([{ callerId: caller, maximum: 10 }], 1)))
    return left[0]!.levels[0]!.available !== left[1]!.levels[0]!.available
  }

  it('are counted together, and what is refused costs nothing', async () => {
    await expect.poll(areShared).toBe(true)
    const [one, two] = replicas as [CostBudgets, CostBudgets]
    // So few that none comes back while this runs.
    const take = (replica: CostBudgets, cost: number) => replica.take([{ callerId: 'a key', maximum: 10 }], cost)
    expect(await take(one, 6)).toMatchObject({ isEnough: true, levels: [{ available: 4 }] })
    expect(await take(two, 6)).toMatchObject({ isEnough: false, levels: [{ available: 4 }] })
    expect(await take(two, 4)).toMatchObject({ isEnough: true, levels: [{ available: 0 }] })
    const { enoughInMs, fullInMs } = (await take(one, 1)).levels[0]!
    expect([enoughInMs > 3_000 && enoughInMs <= 6_000, fullInMs > 50_000]).toEqual([true, true])
  })

  it('come back steadily, and two are charged together or not at all', async () => {
    const [one, two] = replicas as [CostBudgets, CostBudgets]
    const large = { callerId: 'a large one', maximum: 60_000 }
    const small = { callerId: 'a small one', maximum: 10 }
    expect(await one.take([large], 60_000)).toMatchObject({ isEnough: true })
    // A thousand a second.
    await expect.poll(async () => (await two.take([large], 300)).isEnough).toBe(true)
    expect(await two.take([small], 8)).toMatchObject({ isEnough: true })
    await expect.poll(async () => (await one.take([large, small], 4)).levels[0]!.available).toBeGreaterThan(100)
    expect((await one.take([large, small], 4)).isEnough).toBe(false)
    expect((await two.take([small], 2)).isEnough).toBe(true)
  })

  it('are counted alone while it is away, and together when it is back', async () => {
    const take = (index: number) => replicas[index]!.take([{ callerId: 'another key', maximum: 10 }], 6)
    await redis.stop()
    expect([await take(0), await take(1)]).toMatchObject([{ isEnough: true }, { isEnough: true }])
    expect(await take(0)).toMatchObject({ isEnough: false, levels: [{ available: 4 }] })
    await redis.start()
    await expect.poll(areShared, { timeout: 20_000 }).toBe(true)
  })
})
