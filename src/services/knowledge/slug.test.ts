import { expect, test } from 'vitest'
import { InvalidInputError } from '../errors.ts'
import { checkSlug, slugFrom } from './slug.ts'

test.each([
  ['How Much Does Shipping Cost?', 'how-much-does-shipping-cost'],
  ['  Größe & Füße – L’été  ', 'gro-e-fu-e-lete'],
  ["What's a PO box?", 'whats-a-po-box'],
  ['退货政策', 'article'],
  ['--', 'article'],
])('makes %j into %s', (title, slug) => expect(slugFrom(title)).toBe(slug))

test('makes slugs that it accepts itself, from any title', () => {
  for (const title of ['x'.repeat(300), 'a b '.repeat(80), '😀 1', "'"]) expect(checkSlug(slugFrom(title))).toBe(slugFrom(title))
})

test.each(['', 'Upper', 'a--b', '-a', 'a/b', '../etc', 'x'.repeat(101), "a'b"])('refuses %j', (slug) => {
  expect(() => checkSlug(slug)).toThrow(InvalidInputError)
})
