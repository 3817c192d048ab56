import { expect, test } from 'vitest'
import { splitFolds } from './split-folds.ts'

test('holds out each example once and every intent in turn', () => {
  const labels = Int32Array.from({ length: 50 }, (_, index) => index % 5)
  const folds = splitFolds(labels)
  expect(folds.flatMap(({ validation }) => validation).sort((a, b) => a - b)).toEqual([...labels.keys()])
  for (const { training, validation } of folds) {
    expect(new Set([...training, ...validation]).size).toBe(50)
    expect(new Set(validation.map((index) => labels[index])).size).toBe(5)
  }
})

test('always trains on the only example of an intent', () => {
  for (const { training, validation } of splitFolds(Int32Array.of(0, 0, 0, 1, 2, 2))) {
    expect(training).toContain(3)
    expect(validation).not.toContain(3)
  }
})

test('makes no folds when every intent has one example', () => {
  expect(splitFolds(Int32Array.of(0, 1, 2))).toEqual([])
})

test('makes one split of many examples', () => {
  const folds = splitFolds(Int32Array.from({ length: 5_000 }, (_, index) => index % 20))
  expect(folds).toHaveLength(1)
  expect(folds[0]!.validation.length).toBeLessThanOrEqual(1_000)
})
