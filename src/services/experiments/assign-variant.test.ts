import { expect, it, test } from 'vitest'
import { assignVariant, placeOf } from './assign-variant.ts'

const [one, two] = ['0193a000-0000-7000-8000-000000000001', '0193a000-0000-7000-8000-000000000002']
const conversation = (last: number) => `0193b000-0000-7000-8000-00000000000${last}`
const even = [{ weight: 1 }, { weight: 1 }]

// The same table is in docs/experiments.md, for whoever computes it elsewhere.
test.each([
  [one, 1, 0xd57597dad4ef, 1],
  [one, 2, 0x00b0de59212c, 0],
  [one, 3, 0xf4fdbcf8f3cc, 1],
  [one, 4, 0x02f5784355cc, 0],
  [one, 5, 0x979e310e1e60, 1],
  [one, 6, 0x208948a04a3a, 0],
  [two, 1, 0xde46874acd76, 1],
])('in experiment %s conversation %i has its documented place and variant', (experimentId, last, bytes, position) => {
  expect(placeOf(experimentId, conversation(last))).toBe(bytes / 2 ** 48)
  expect(even.indexOf(assignVariant(even, { experimentId, conversationId: conversation(last) }))).toBe(position)
})

it('gives each variant its share, whatever the weights add up to', () => {
  const variants = [{ weight: 30 }, { weight: 10 }]
  const first = Array.from({ length: 20_000 }, (_, index) => assignVariant(variants, { experimentId: one, conversationId: `${index}` })).filter(
    (variant) => variant === variants[0],
  )
  expect(first.length / 20_000).toBeCloseTo(0.75, 2)
})

it('draws anew in another experiment', () => {
  const same = Array.from({ length: 10_000 }, (_, index) => `${index}`).filter(
    (conversationId) => assignVariant(even, { experimentId: one, conversationId }) === assignVariant(even, { experimentId: two, conversationId }),
  )
  expect(same.length / 10_000).toBeCloseTo(0.5, 1)
})
