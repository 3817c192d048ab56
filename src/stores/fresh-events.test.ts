import { expect, it } from 'vitest'
import { createFreshEvents } from './fresh-events.ts'

const event = (seq: number) => ({ seq, type: 'DraftDelta', data: {}, at: new Date(0) })
const seqs = (events: { seq: number }[]) => events.map(({ seq }) => seq)

it('gives what comes right after, and nothing across a gap', () => {
  const fresh = createFreshEvents()
  const follower = fresh.follow('a draft')
  for (const seq of [1, 2, 4]) fresh.add('a draft', event(seq))
  expect(seqs(follower.after(0))).toEqual([1, 2])
  expect(seqs(follower.after(2))).toEqual([])
  expect(seqs(follower.after(3))).toEqual([4])
  // Of two that are committed one after the other the second may be told first.
  fresh.add('a draft', event(3))
  expect(seqs(follower.after(0))).toEqual([1, 2, 3, 4])
  expect(follower.newest()).toBe(4)
})

it('keeps nothing that nobody follows, and of a long draft only the end', () => {
  const fresh = createFreshEvents()
  fresh.add('a draft', event(1))
  const [first, second] = [fresh.follow('a draft'), fresh.follow('a draft')]
  expect(first.newest()).toBe(0)
  for (let seq = 2; seq <= 200; seq++) fresh.add('a draft', event(seq))
  expect(seqs(first.after(100))).toEqual([])
  expect(second.after(136)).toHaveLength(64)
  first.end()
  first.end()
  expect(second.after(199)).toHaveLength(1)
  second.end()
  expect(fresh.follow('a draft').newest()).toBe(0)
})
