import { describe, expect, it } from 'vitest'
import { retryDelay, schedule } from './retry-delay.ts'

const middle = () => 0.5

describe('the delay of a retry', () => {
  it('follows the schedule, and ends after ten attempts', () => {
    const delays = schedule.map((_, index) => retryDelay(index + 1, { random: middle }))
    expect(delays).toEqual([5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400, null])
  })

  it('is spread by a tenth to both sides', () => {
    expect(retryDelay(2, { random: () => 0 })).toBeCloseTo(270)
    expect(retryDelay(2, { random: () => 0.999999 })).toBeCloseTo(330, 2)
  })

  it('is longer when the receiver asks for it, up to a day, and never shorter', () => {
    const delayAfter = (retryAfter: string) => retryDelay(2, { retryAfter, random: middle })
    expect(delayAfter('1000')).toBe(1_000)
    expect(delayAfter('10')).toBe(300)
    expect(delayAfter('999999999')).toBe(86_400)
    expect(delayAfter(new Date(Date.now() + 3_600_000).toUTCString())! / 3_600).toBeCloseTo(1, 2)
    for (const nonsense of ['', '-5', 'soon', '1e9', '2000-01-01', 'GMT', '99999999999']) expect(delayAfter(nonsense)).toBe(300)
  })
})
