import { expect, test } from 'vitest'
import { packedCosines, packVectors } from './fine-vectors.ts'

const random = (seed: number) => {
  const vector = Float32Array.from({ length: 384 }, (_, index) => Math.sin(seed * 97 + index * (1 + seed / 7)))
  const norm = Math.hypot(...vector)
  return vector.map((value) => value / norm)
}
const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, index) => sum + value * b[index]!, 0)

test('keeps cosines to two decimals and a half', () => {
  const vectors = Array.from({ length: 20 }, (_, index) => random(index + 2))
  const packed = packVectors(vectors)
  expect(packed.byteLength).toBe(20 * 384)
  const query = random(1)
  for (const [index, value] of packedCosines(query, packed).entries()) expect(Math.abs(value - cosine(query, vectors[index]!))).toBeLessThan(0.005)
  expect(packedCosines(vectors[3]!, packed)[3]).toBeGreaterThan(0.999)
})

test('takes none, and one that is all zeros', () => {
  expect(packVectors([])).toHaveLength(0)
  expect(packedCosines(random(1), packVectors([]))).toHaveLength(0)
  expect([...packedCosines(random(1), packVectors([new Float32Array(384)]))]).toEqual([0])
})
