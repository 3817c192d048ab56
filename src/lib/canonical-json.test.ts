import { expect, it } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

it('writes the same text for the same value, whatever the order of its fields', () => {
  expect(canonicalJson({ b: [{ d: 1, c: null }], a: 'x' })).toBe(canonicalJson({ a: 'x', b: [{ c: null, d: 1 }] }))
  expect(canonicalJson({ a: [1, 2] })).not.toBe(canonicalJson({ a: [2, 1] }))
})

it('loses no field, whatever its name', () => {
  expect(canonicalJson(JSON.parse('{"__proto__":{"b":2,"a":1}}'))).toBe('{"__proto__":{"a":1,"b":2}}')
})
