import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { createTokenCounter } from './tokenizer.ts'

const count = createTokenCounter(resolve(import.meta.dirname, '../../models'))

test('counts the word pieces and the two special ones', () => {
  expect(count('')).toBe(2)
  expect(count('Return & Refund Policy')).toBe(7)
})

test('does not stop at 128, 256 or 512', () => {
  expect(count('return '.repeat(3_000))).toBe(3_002)
})

test('loads nothing before the first count', () => {
  expect(() => createTokenCounter('/nowhere')).not.toThrow()
})
