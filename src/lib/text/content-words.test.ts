import { expect, test } from 'vitest'
import { contentWords } from './content-words.ts'

test('leaves out addresses', () => {
  expect(contentWords('Write to (anna@example.com) or https://example.com/a@b about parcels')).toEqual(['write', 'parcel'])
})

test('takes what is longer than any word for none, at once', () => {
  const started = performance.now()
  expect(contentWords(`parcel ${'x'.repeat(200_000)} ${'a@'.repeat(100_000)}`)).toEqual(['parcel'])
  expect(contentWords('a'.repeat(100))).toHaveLength(1)
  expect(performance.now() - started).toBeLessThan(1_000)
})
