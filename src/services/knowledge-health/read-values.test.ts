import { expect, test } from 'vitest'
import { differ, readValues } from './read-values.ts'

test.each([
  ['You have 30 days.', ['30 days', 'time', 30, 30]],
  ['It takes 3-5 business days.', ['3-5 business days', 'workdays', 3, 5]],
  ['Within three weeks of it.', ['three weeks', 'time', 21, 21]],
  ['It costs $1,000.50 a month.', ['$1,000.50', 'money:$', 1000.5, 1000.5]],
  ['That is 15 dollars.', ['15 dollars', 'money:$', 15, 15]],
  ['We charge 1.5% of it.', ['1.5%', 'percent', 1.5, 1.5]],
  ['Up to 3 price matches per customer.', ['3 price matches', 'count:match', 3, 3]],
  ['A file can be up to 2 GB.', ['2 GB', 'data', 2000, 2000]],
  ['Order before 2 PM.', ['2 PM', 'clock', 14, 14]],
  ['Until January 31 we wait.', ['January 31', 'date', 31, 31]],
])('reads %j', (sentence, expected) => {
  expect(readValues(sentence).map(({ text, kind, low, high }) => [text, kind, low, high])).toEqual([expected])
})

test.each([
  'One of our people answers.',
  'We are there 24/7.',
  'See step 2 of it.',
  'The Orion X2 is new.',
  'Write to a1@shop.example or https://a.example/30-days.',
])('finds nothing in %j', (sentence) => expect(readValues(sentence)).toEqual([]))

test('compares what is in the same unit', () => {
  const differing = (a: string, b: string) => differ(readValues(a)[0]!, readValues(b)[0]!)
  expect(differing('14 days', '7 days')).toBe(true)
  expect(differing('28 days', 'three weeks')).toBe(true)
  expect(differing('2 weeks', '14 days')).toBe(false)
  expect(differing('30 days', 'one month')).toBe(false)
  expect(differing('12 months', '1 year')).toBe(false)
  expect(differing('3-5 days', '5 days')).toBe(false)
  expect(differing('5 days', '5 business days')).toBe(false)
  expect(differing('$5', '5%')).toBe(false)
  expect(differing('2 GB', '500 MB')).toBe(true)
})

test('knows a lower limit from an upper one', () => {
  expect(readValues('At least 8 characters and up to 64 characters.').map(({ bound }) => bound)).toEqual(['atLeast', 'atMost'])
})

test.each(['1 ', '1-', '1,', 'one ', '$ ', 'a '])('reads 20,000 characters of %j in no time', (piece) => {
  const text = piece.repeat(20_000 / piece.length)
  readValues(text)
  const startedAt = performance.now()
  readValues(text)
  expect(performance.now() - startedAt).toBeLessThan(500)
})
