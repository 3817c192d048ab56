import { expect, test } from 'vitest'
import { readPassages } from './read-passages.ts'

const read = (text: string, heading = '') => readPassages([{ number: 1, title: 'Title', heading, text, score: 1, internal: false }])
const textsOf = (text: string) => read(text).map(({ kind, text }) => `${kind} ${text}`)

test('cuts prose into sentences and leaves abbreviations, numbers and addresses whole', () => {
  expect(textsOf('It weighs 2.6 lb, e.g. Finch 1. See https://a.example/b.html now. Write to help@a.example. No. 5 is out.')).toEqual([
    'sentence It weighs 2.6 lb, e.g. Finch 1.',
    'sentence See https://a.example/b.html now.',
    'sentence Write to help@a.example.',
    'sentence No. 5 is out.',
  ])
})

test('keeps a question of the writer with its answer, and takes a lone one for a heading', () => {
  expect(textsOf('No email? Look in the spam folder.\n\n**How long does it take?**\n\nTwo days.')).toEqual([
    'sentence No email? Look in the spam folder.',
    'sentence Two days.',
  ])
  expect(read('**How long does it take?**\n\nTwo days.')[0]!.heading).toBe('How long does it take?')
})

test('never makes a sentence of a heading or a lead-in', () => {
  const passages = read('## You can pay with:\n\nWe accept these cards:\n\n- Visa\n- Mastercard')
  expect(passages.map(({ text }) => text)).toEqual(['Visa', 'Mastercard'])
  expect(passages[0]!.block.leadIn).toBe('We accept these cards:')
})

test('reads lists in lists, code, quotes and HTML without stumbling', () => {
  expect(textsOf('> Keep the receipt.\n\n- One\n  - inner\n  - other\n\n```\ncode\n```\n\n<div>x</div>\n\nA & B &amp; C are `fine`.')).toEqual([
    'sentence Keep the receipt.',
    'bullet One inner; other',
    'sentence A & B & C are fine.',
  ])
})

test('makes one procedure of a numbered list', () => {
  expect(read('1. Open it.\n2. Close it.').map(({ kind }) => kind)).toEqual(['step', 'step', 'procedure'])
})

test('of an empty text makes nothing', () => {
  expect(read('')).toEqual([])
  expect(read('# Only a heading')).toEqual([])
})

test('takes the last part of a heading path, and puts it before nothing but a list without a verb', () => {
  const under = (text: string) => read(text, 'Title › What is not covered').map(({ text }) => text)
  expect(under('Burns, accidents and pets.')).toEqual(['What is not covered: burns, accidents and pets.'])
  expect(under('Look inside hoods, pockets and wrapping paper, too.')).toEqual(['Look inside hoods, pockets and wrapping paper, too.'])
  expect(under('It lasts.\n\nMore.').length).toBe(2)
  expect(read('It lasts.', 'Title › Part')[0]!.heading).toBe('Part')
})

test('leaves out what speaks of the page itself', () => {
  expect(textsOf('We ship to 42 countries. This page explains where we deliver. This guide helps you choose.')).toEqual([
    'sentence We ship to 42 countries.',
  ])
})
