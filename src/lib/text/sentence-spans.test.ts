import { expect, test } from 'vitest'
import { sentenceSpans } from './sentence-spans.ts'

const sentences = (text: string) => sentenceSpans(text).map((span) => span.text)

test('says where each sentence stands', () => {
  const text = '  Hi there,\n\nYou have 30 days.  Tags must be on!\n'
  for (const { start, end, text: sentence } of sentenceSpans(text)) expect(text.slice(start, end)).toBe(sentence)
  expect(sentences(text)).toEqual(['Hi there,', 'You have 30 days.', 'Tags must be on!'])
})

test('does not end a sentence at an abbreviation, an amount or inside a link', () => {
  expect(sentences('Use a solvent, e.g. Alcohol, on it. Orders leave at 2 p.m. Eastern time.')).toEqual([
    'Use a solvent, e.g. Alcohol, on it.',
    'Orders leave at 2 p.m. Eastern time.',
  ])
  expect(sentences('It costs $4.50 at https://northwind.example/a.b?c=d! Then wait.')).toEqual([
    'It costs $4.50 at https://northwind.example/a.b?c=d!',
    'Then wait.',
  ])
})

test('does not end a sentence at the day of a date', () => {
  expect(sentences('It is valid until 4. May. You have 30. Use them.')).toEqual(['It is valid until 4. May.', 'You have 30.', 'Use them.'])
})

test('takes 20,000 characters of abbreviations in no time', () => {
  const startedAt = performance.now()
  sentences('a. '.repeat(7_000))
  sentences('1. May '.repeat(3_000))
  expect(performance.now() - startedAt).toBeLessThan(1_000)
})

test('leaves list numbers, bullets and heading marks outside', () => {
  const text = '## Steps\n1. Open the page.\n2) Press Send.\n- Wait.\n* Done'
  expect(sentences(text)).toEqual(['Steps', 'Open the page.', 'Press Send.', 'Wait.', 'Done'])
  for (const { start, end, text: sentence } of sentenceSpans(text)) expect(text.slice(start, end)).toBe(sentence)
})

test('counts in UTF-16 code units and finds nothing in white space', () => {
  expect(sentenceSpans('😀 Hello. Bye.').at(-1)).toEqual({ start: 10, end: 14, text: 'Bye.' })
  expect(sentenceSpans(' \n\t\n')).toEqual([])
})
