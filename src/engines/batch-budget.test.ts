import { expect, test } from 'vitest'
import { BatchBudget } from './batch-budget.ts'
import { type ModelInput, type Priority, type Work, WorkQueue } from './work-queue.ts'

test('while queries come a batch is what the model reads in some 15 ms, however fast it is', () => {
  for (const charactersPerMs of [5, 50]) {
    const budget = new BatchBudget()
    for (let run = 0; run < 60; run++) budget.add({ characters: 1_000, ms: 1_000 / charactersPerMs })
    expect(budget.next({ yields: true })).toBeCloseTo(15 * charactersPerMs)
  }
})

test('otherwise it is full, or what a slow model reads in 100 ms', () => {
  const budget = new BatchBudget()
  expect(budget.next({ yields: false })).toBe(2_400)
  budget.add({ characters: 1_000, ms: 20 })
  expect(budget.next({ yields: false })).toBe(2_400)
  for (let run = 0; run < 60; run++) budget.add({ characters: 1_000, ms: 200 })
  expect(budget.next({ yields: false })).toBeCloseTo(500, -1)
})

test('a short run says nothing about the speed, and an unmeasured model yields by single texts', () => {
  const budget = new BatchBudget()
  budget.add({ characters: 40, ms: 10 })
  expect(budget.next({ yields: true })).toBe(0)
})

function queueOf(lengths: number[], priority: Priority = 'bulk') {
  const queue = new WorkQueue({ longestInput: 1_200 })
  const work: Work = { priority, rows: [], resolve: () => {}, reject: () => {}, remaining: lengths.length }
  const inputs: ModelInput[] = lengths.map((length) => ({ text: 'x'.repeat(length) }))
  queue.push(inputs, work)
  return { queue, work }
}
const take = (queue: WorkQueue, characters: number) => {
  const { items, characters: padded } = queue.takeBatch('bulk', characters)
  return { lengths: items.map(({ input }) => input.text.length), padded }
}

test('a batch holds texts of similar length, counted with their padding, and always one', () => {
  const { queue } = queueOf([10, 300, 20, 5_000, 290])
  expect(take(queue, 600)).toEqual({ lengths: [5_000], padded: 1_200 })
  expect(take(queue, 600)).toEqual({ lengths: [300, 290], padded: 600 })
  expect(take(queue, 0)).toEqual({ lengths: [20], padded: 20 })
  expect(take(queue, 600)).toEqual({ lengths: [10], padded: 10 })
  expect(queue.isEmpty).toBe(true)
})

test('a batch never has more than 32 texts, and what was dropped is not taken', () => {
  const { queue, work } = queueOf(new Array(40).fill(1))
  expect(take(queue, 2_400).lengths).toHaveLength(32)
  queue.drop(work)
  expect(queue.isEmpty).toBe(true)
})
