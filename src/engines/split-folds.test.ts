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

test('always trains on the examples of an intent that has fewer than five', () => {
  const folds = splitFolds(Int32Array.of(0, 0, 0, 0, 0, 1, 2, 2, 2, 2))
  expect(folds.flatMap(({ validation }) => validation).sort()).toEqual([0, 1, 2, 3, 4])
  for (const { training } of folds) expect(training).toEqual(expect.arrayContaining([5, 6, 7, 8, 9]))
})

test('makes no folds when no intent has five', () => {
  expect(splitFolds(Int32Array.of(0, 1, 2))).toEqual([])
  expect(splitFolds(Int32Array.of(0, 0, 0, 0, 1, 1, 1, 1))).toEqual([])
})

test('makes one split of many examples', () => {
  const folds = splitFolds(Int32Array.from({ length: 5_000 }, (_, index) => index % 20))
  expect(folds).toHaveLength(1)
  expect(folds[0]!.validation.length).toBeLessThanOrEqual(1_000)
})
