import { expect, test } from 'vitest'
import { calibrationError, fitTemperature } from './calibrate-logits.ts'

// Eight of ten are right; the logits say so when they are ln 4 apart.
const eightOfTen = (scale: number) =>
  Array.from({ length: 10 }, (_, index) => ({ label: index < 8 ? 0 : 1, logits: Float64Array.of(scale * Math.log(4), 0) }))

test('cools logits that are too sure, and warms those that are too shy', () => {
  expect(fitTemperature(eightOfTen(3))).toBeCloseTo(3, 2)
  expect(fitTemperature(eightOfTen(0.25))).toBeCloseTo(0.25, 2)
})

test('has nothing to correct without examples', () => {
  expect(fitTemperature([])).toBe(1)
})

test('is calibrated when the share that is right is the confidence', () => {
  expect(calibrationError(eightOfTen(3), 3, 1)).toBeCloseTo(0, 5)
  expect(calibrationError(eightOfTen(3), 1, 1)).toBeGreaterThan(0.15)
})
