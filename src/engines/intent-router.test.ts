import { describe, expect, test } from 'vitest'
import { createIntentRouter } from './intent-router.ts'
import { trainIntentHead } from './train-intent-head.ts'

const dimensions = 16
/** A unit vector near one axis, the same each time. */
function near(axis: number, seed: number): Float32Array {
  const vector = Float32Array.from({ length: dimensions }, (_, index) => (index === axis ? 1 : 0) + 0.25 * Math.sin(7 * seed + 13 * index))
  const length = Math.hypot(...vector)
  return vector.map((value) => value / length)
}
const example = (intent: string, axis: number, seed: number) => ({
  id: `${intent}-${seed}`,
  text: `${intent} ${seed}`,
  intent,
  vector: near(axis, seed),
})
const examples = ['refund', 'shipping', 'login'].flatMap((intent, axis) => Array.from({ length: 12 }, (_, seed) => example(intent, axis, seed)))
const train = (chosen = examples) => trainIntentHead({ model: 'test', examples: chosen })

describe('the router', () => {
  test('abstains before it has a head, and again without one', async () => {
    const router = createIntentRouter()
    const abstained = { intent: null, confidence: 0, margin: 0, outOfScope: false, alternatives: [], nearest: [] }
    expect(router.route(near(0, 99))).toEqual(abstained)
    expect(router.current()).toBeNull()
    router.load(await train())
    router.load(null)
    expect(router.route(near(0, 99))).toEqual(abstained)
  })

  test('names the intent with calibrated confidences, alternatives and the examples that it resembles', async () => {
    const router = createIntentRouter()
    router.load(await train())
    const { intent, confidence, margin, outOfScope, alternatives, nearest } = router.route(near(1, 99))
    expect({ intent, outOfScope }).toEqual({ intent: 'shipping', outOfScope: false })
    expect(alternatives.map(({ intent }) => intent).sort()).toEqual(['login', 'refund'])
    expect(confidence + alternatives.reduce((sum, other) => sum + other.confidence, 0)).toBeCloseTo(1, 6)
    expect(margin).toBeCloseTo(confidence - alternatives[0]!.confidence, 10)
    expect(nearest).toHaveLength(3)
    expect(nearest.every(({ intent, exampleId }) => intent === 'shipping' && exampleId.startsWith('shipping-'))).toBe(true)
  })

  test('says when a message is like nothing it knows', async () => {
    const router = createIntentRouter()
    router.load(await train())
    expect(router.route(near(9, 1)).outOfScope).toBe(true)
  })

  test('routes no vector of another size', async () => {
    const router = createIntentRouter()
    router.load(await train())
    expect(router.route(new Float32Array(8).fill(0.3)).intent).toBeNull()
  })
})

describe('training', () => {
  test('gives the same head for the same examples', async () => {
    const [one, two] = [await train(), await train()]
    expect(one!.version).toBe(two!.version)
    expect(one!.weights).toEqual(two!.weights)
    expect((await train(examples.slice(1)))!.version).not.toBe(one!.version)
  })

  test('measures itself by cross-validation', async () => {
    const { metrics } = (await train())!
    expect(metrics).toMatchObject({ examples: 36, intents: 3, accuracy: 1 })
    expect(metrics.expectedCalibrationError).toBeLessThan(0.1)
  })

  test('makes no head of fewer than two intents', async () => {
    expect(await train([])).toBeNull()
    expect(await train(examples.filter(({ intent }) => intent === 'refund'))).toBeNull()
  })

  test('works with one example an intent, without measures and without an out-of-scope rule', async () => {
    const head = (await train([example('refund', 0, 1), example('shipping', 1, 1)]))!
    expect(head.metrics).toMatchObject({ accuracy: null, expectedCalibrationError: null, outOfScopeThreshold: null })
    const router = createIntentRouter()
    router.load(head)
    expect(router.route(near(1, 5))).toMatchObject({ intent: 'shipping', outOfScope: false })
    expect(router.route(near(1, 5)).alternatives).toHaveLength(1)
  })

  test('measures only the intents with five examples, and learns the others all the same', async () => {
    const few = [1, 2, 3, 4].map((seed) => example('rare', 5, seed))
    const head = (await train([...examples, ...few]))!
    expect(head.metrics).toMatchObject({ examples: 40, intents: 4, accuracy: 1 })
    const router = createIntentRouter()
    router.load(head)
    expect(router.route(near(5, 99)).intent).toBe('rare')
    expect((await train([...few, ...examples.slice(0, 4)]))!.metrics.accuracy).toBeNull()
  })

  test('stops when it is aborted', async () => {
    const stopping = new AbortController()
    const training = trainIntentHead({ model: 'test', examples, signal: stopping.signal })
    stopping.abort(new Error('stopping'))
    await expect(training).rejects.toThrow('stopping')
  })
})
