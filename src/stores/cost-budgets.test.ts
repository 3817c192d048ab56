import { describe, expect, it } from 'vitest'
import { createLogger } from '../lib/logger.ts'
import { createCostBudgets } from './cost-budgets.ts'

const logger = createLogger({ level: 'silent', isTerminal: false })

describe('a budget in memory', () => {
  let nowMs = 1_000_000
  const budgets = createCostBudgets({ config: { REDIS_URL: undefined }, logger, now: () => nowMs })

  it('comes back steadily, and never to more than all of it', async () => {
    const take = async (cost: number) => {
      const { isEnough, levels } = await budgets.take([{ callerId: 'a', maximum: 120 }], cost)
      return { isEnough, ...levels[0] }
    }
    expect(await take(120)).toEqual({ isEnough: true, available: 0, enoughInMs: 0, fullInMs: 60_000 })
    expect(await take(10)).toEqual({ isEnough: false, available: 0, enoughInMs: 5_000, fullInMs: 60_000 })
    nowMs += 4_999
    expect(await take(10)).toMatchObject({ isEnough: false, available: 9, enoughInMs: 1 })
    nowMs += 1
    expect(await take(10)).toMatchObject({ isEnough: true, available: 0, fullInMs: 60_000 })
    nowMs += 30_000
    expect(await take(1)).toMatchObject({ isEnough: true, available: 59, fullInMs: 30_500 })
    nowMs += 3600_000
    expect(await take(121)).toMatchObject({ isEnough: false, available: 120, enoughInMs: Number.POSITIVE_INFINITY, fullInMs: 0 })
    expect(await take(1)).toMatchObject({ isEnough: true, available: 119 })
    nowMs -= 10_000
    expect(await take(1)).toMatchObject({ isEnough: true, available: 118 })
  })

  it('is charged together with another, or neither is', async () => {
    const [shared, own] = [
      { callerId: 'shared', maximum: 100 },
      { callerId: 'own', maximum: 10 },
    ]
    expect(await budgets.take([own, shared], 11)).toMatchObject({ isEnough: false, levels: [{ available: 10 }, { available: 100 }] })
    expect(await budgets.take([own, shared], 8)).toMatchObject({ isEnough: true, levels: [{ available: 2 }, { available: 92 }] })
    expect(await budgets.take([{ callerId: 'other', maximum: 1_000 }, shared], 93)).toMatchObject({
      isEnough: false,
      levels: [{ available: 1_000 }, {}],
    })
  })
})
