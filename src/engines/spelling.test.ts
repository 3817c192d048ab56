import { describe, expect, test } from 'vitest'
import { createSpelling } from './spelling.ts'

const vocabulary = ['how', 'do', 'the', 'page', 'home', 'frighten', 'because', 'hand', 'set', '##ing', 'return', 'receive', 'what', 'pas', 'word']
const spelling = createSpelling(() => vocabulary)
spelling.learn(
  'Return the jacket to our warehouse. You receive the refund of a package at your address. Tracking number, garmin watch, password, exchange.',
  { isPublic: true },
)

describe('corrects', () => {
  test.each([
    ['how do i retrun the jaket', 'how do i return the jacket'],
    ['my adress, pasword?', 'my address, password?'], // though "pas" and "word" are words
    ['i recieve a pakage', 'i receive a package'],
    ['Gramin wacth', 'garmin watch'],
    ['traking', 'tracking'],
  ])('%s', (typed, meant) => expect(spelling.correct(typed)).toBe(meant))
})

describe('leaves alone', () => {
  test.each([
    'homepage handset', // made of two known words
    'it frightens me', // a form of a known word
    'dont wont', // contractions
    'mail retrun@shop.example or see shop.example/retrun', // addresses
    'AB12-retrun_x', // codes
    'rückgabe jaqueta возврат 返品', // other scripts and languages that no word of the articles is near
    'zymurgy', // rare, and near to nothing
    '',
  ])('%s', (typed) => expect(spelling.correct(typed)).toBe(typed))
})

test('knows nothing and changes nothing without articles', () => {
  expect(createSpelling(() => vocabulary).correct('retrun teh jaket')).toBe('retrun teh jaket')
})

test('takes a long text of errors in no time', () => {
  const startedAt = performance.now()
  spelling.correct('qwrtz '.repeat(330))
  spelling.correct('x'.repeat(20_000))
  expect(performance.now() - startedAt).toBeLessThan(500)
})

test('has words that are for staff alone for staff alone', () => {
  const both = createSpelling(() => vocabulary)
  both.learn('Escalate to Zuberbuehler.', { isPublic: false })
  both.learn('Return the jacket.', { isPublic: true })
  expect(both.correct('zuberbuehlr jaket')).toBe('zuberbuehler jacket')
  expect(both.correct('zuberbuehlr jaket', { publicOnly: true })).toBe('zuberbuehlr jacket')
})
