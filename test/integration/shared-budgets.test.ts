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
    const left = await Promise.all(replicas.map((replica) => replica.take(caller, { maximum: 10, cost: 1 })))
    return left[0]!.available !== left[1]!.available
  }

  it('are counted together, and what is refused costs nothing', async () => {
    await expect.poll(areShared).toBe(true)
    const [one, two] = replicas as [CostBudgets, CostBudgets]
    const take = (replica: CostBudgets, cost: number) => replica.take('a key', { maximum: 100, cost })
    expect(await take(one, 60)).toMatchObject({ isEnough: true, available: 40 })
    expect(await take(two, 60)).toMatchObject({ isEnough: false, available: 40 })
    expect(await take(two, 40)).toMatchObject({ isEnough: true, available: 0 })
    expect((await take(one, 1)).renewsInMs).toBeGreaterThan(30_000)
  })

  it('are counted alone while it is away, and together when it is back', async () => {
    const take = (index: number) => replicas[index]!.take('another key', { maximum: 100, cost: 60 })
    await redis.stop()
    expect([await take(0), await take(1)]).toMatchObject([{ isEnough: true }, { isEnough: true }])
    expect(await take(0)).toMatchObject({ isEnough: false, available: 40 })
    await redis.start()
    await expect.poll(areShared, { timeout: 20_000 }).toBe(true)
  })
})
