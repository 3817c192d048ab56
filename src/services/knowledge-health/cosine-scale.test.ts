import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import type { Embedder } from '../../engines/embedder.ts'
import { LocalEmbedder } from '../../engines/local-embedder.ts'
import { cosineScale } from './cosine-scale.ts'

const minilm = new LocalEmbedder({ modelsDir: fileURLToPath(new URL('../../../models/', import.meta.url)) })
afterAll(() => minilm.close())

/** The same model with a large part that all texts share, as in some models: cosines lie between 0.75 and 1. */
const crowded: Embedder = {
  model: 'crowded',
  dimensions: minilm.dimensions! + 1,
  state: () => minilm.state(),
  close: async () => {},
  embed: async (texts, options) =>
    (await minilm.embed(texts, options)).map((vector) => Float32Array.from([...vector, Math.sqrt(3)], (value) => value / 2)),
}
const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, index) => sum + value * b[index]!, 0)

test('leaves the model alone for which the thresholds were chosen', async () => {
  const scale = await cosineScale(minilm)
  expect(scale.of(0.6)).toBeCloseTo(0.6, 2)
  expect(scale.threshold(0.45)).toBeCloseTo(0.45, 2)
})

test('reads the cosines of a crowded model as those of the other', async () => {
  const scale = await cosineScale(crowded)
  const texts = ['Do you wrap presents?', 'Can my order be gift wrapped?']
  const [[a, b], [c, d]] = await Promise.all([minilm.embed(texts), crowded.embed(texts)])
  expect(dot(c!, d!)).toBeGreaterThan(0.75)
  expect(scale.of(dot(c!, d!))).toBeCloseTo(dot(a!, b!), 2)
  expect(scale.of(scale.threshold(0.45))).toBeCloseTo(0.45, 5)
})
