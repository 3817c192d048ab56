import { describe, expect, test } from 'vitest'
import { calibrationError, fitTemperature, negativeLogLikelihood, outcomeOf } from './calibrate-logits.ts'

// Eight of ten are right; the logits say so when they are ln 4 apart.
const eightOfTen = (scale: number, count = 10_000) =>
  Array.from({ length: count }, (_, index) => ({ label: index % 10 < 8 ? 0 : 1, logits: Float64Array.of(scale * Math.log(4), 0) }))
const repeatable = (seed: number) => Math.abs(Math.sin(seed) * 10_000) % 1

describe('the temperature', () => {
  test('cools logits that are too sure, and warms those that are too shy', () => {
    expect(fitTemperature(eightOfTen(3))).toBeCloseTo(3, 2)
    expect(fitTemperature(eightOfTen(0.25))).toBeCloseTo(0.25, 2)
  })

  test('is where the likelihood is highest', () => {
    const examples = Array.from({ length: 400 }, (_, index) => {
      const logits = Float64Array.from({ length: 6 }, (_, k) => 3 * repeatable(31 * index + k + 1))
      return { label: index % 3 === 0 ? index % 6 : logits.indexOf(Math.max(...logits)), logits }
    })
    const best = fitTemperature(examples)
    for (const other of [0.9, 1.1]) expect(negativeLogLikelihood(examples, best)).toBeLessThan(negativeLogLikelihood(examples, best * other))
  })

  test('has nothing to correct without examples', () => {
    expect(fitTemperature([])).toBe(1)
  })

  test('is never sure of everything because a few were right', () => {
    const rights = (count: number) => Array.from({ length: count }, () => ({ label: 0, logits: Float64Array.of(5, 0, 0) }))
    const confidenceAfter = (count: number) => outcomeOf(rights(1)[0]!, fitTemperature(rights(count))).confidence
    expect(confidenceAfter(10)).toBeLessThan(0.99)
    expect(confidenceAfter(100)).toBeGreaterThan(confidenceAfter(10))
  })
})

describe('the calibration error', () => {
  const of = (scale: number, temperature: number) => calibrationError(eightOfTen(scale).map((example) => outcomeOf(example, temperature)))

  test('is nothing when the share that is right is the confidence', () => {
    expect(of(3, 3)).toBeCloseTo(0, 2)
    expect(of(3, 1)).toBeGreaterThan(0.15)
  })

  test('tells one that is right from one that is too sure, with two hundred examples', () => {
    const errors = (bias: number) =>
      Array.from({ length: 20 }, (_, round) =>
        calibrationError(
          Array.from({ length: 200 }, (_, index) => {
            const chance = 0.3 + 0.7 * repeatable(1_000 * round + 2 * index + 1)
            return { confidence: Math.min(1, chance + bias), isRight: repeatable(1_000 * round + 2 * index + 2) < chance }
          }),
        ),
      ).reduce((sum, error) => sum + error / 20, 0)
    expect(errors(0)).toBeLessThan(0.06)
    expect(errors(0.2)).toBeGreaterThan(0.12)
  })
})
