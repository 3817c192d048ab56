import { describe, expect, it } from 'vitest'
import { judgePromotion } from './judge-promotion.ts'

const sample = (count: number, mean: number, variance = 0.09) => ({ count, mean, variance })

describe('a promotion', () => {
  it('is called worse when the metric surely got worse by more than what does not matter, whichever way is worse', () => {
    expect(judgePromotion('EDIT_RATIO', { before: sample(500, 0.2), after: sample(300, 0.4) })).toMatchObject({ isWorse: true, difference: 0.2 })
    expect(judgePromotion('EDIT_RATIO', { before: sample(500, 0.4), after: sample(300, 0.2) })!.isWorse).toBe(false)
    expect(judgePromotion('CSAT', { before: sample(500, 0.8), after: sample(300, 0.5) })!.isWorse).toBe(true)
    expect(judgePromotion('CSAT', { before: sample(500, 0.5), after: sample(300, 0.8) })!.isWorse).toBe(false)
  })

  it('is not called worse for a difference that is sure and does not matter', () => {
    const judgement = judgePromotion('EDIT_RATIO', { before: sample(5_000, 0.2, 0.01), after: sample(5_000, 0.22, 0.01) })!
    expect(judgement.low).toBeGreaterThan(0)
    expect(judgement.isWorse).toBe(false)
  })

  it('is not judged by few conversations, on either side', () => {
    expect(judgePromotion('EDIT_RATIO', { before: sample(29, 0), after: sample(500, 1) })).toBeNull()
    expect(judgePromotion('EDIT_RATIO', { before: sample(500, 0), after: sample(29, 1) })).toBeNull()
    expect(judgePromotion('EDIT_RATIO', { before: undefined, after: undefined })).toBeNull()
  })
})
