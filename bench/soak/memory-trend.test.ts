import { describe, expect, it } from 'vitest'
import { memoryTrend } from './memory-trend.ts'

const samplesOf = (mb: (drafts: number) => number) => Array.from({ length: 100 }, (_, index) => ({ drafts: index * 100, mb: mb(index * 100) }))

describe('memoryTrend', () => {
  it('finds a leak of 5 MB a thousand drafts under the saw of the garbage collector', () => {
    const trend = memoryTrend(
      samplesOf((drafts) => 800 + drafts * 0.005 + (drafts % 700) / 10),
      { warmUp: 1000 },
    )!
    expect(trend.perThousand).toBeGreaterThan(4)
    expect(trend.perThousand).toBeLessThan(6)
  })

  it('is not moved by one peak', () => {
    const trend = memoryTrend(
      samplesOf((drafts) => (drafts === 9000 ? 2000 : 800)),
      { warmUp: 1000 },
    )!
    expect(trend).toEqual({ firstMb: 800, lastMb: 800, perThousand: 0 })
  })

  it('says nothing of too few samples', () => {
    expect(memoryTrend([{ drafts: 0, mb: 1 }], { warmUp: 0 })).toBeNull()
  })
})
