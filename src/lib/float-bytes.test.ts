import { expect, test } from 'vitest'
import { bytesFromFloats, floatsFromBytes } from './float-bytes.ts'

test('gives back the floats that it was given, from any part of a buffer', () => {
  const floats = Float32Array.of(0, 1, -0.5, 3.4e38, Number.NaN)
  const bytes = bytesFromFloats(floats)
  expect(floatsFromBytes(bytes)).toEqual(floats)
  const shifted = new Uint8Array(bytes.length + 3)
  shifted.set(bytes, 3)
  expect(floatsFromBytes(shifted.subarray(3))).toEqual(floats)
})

test('writes little-endian, as every other reader expects', () => {
  expect([...bytesFromFloats(Float32Array.of(1))]).toEqual([0, 0, 0x80, 0x3f])
})
