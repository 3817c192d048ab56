import { expect, test } from 'vitest'
import { mapCitations } from './map-citations.ts'

const sources = [
  {
    number: 1,
    title: 'Returns',
    heading: 'Returns',
    text: 'Read this first.\n\n- You can return unworn items within 30 days of delivery.\n- The tags must still be attached.',
  },
  { number: 2, title: 'Refunds', heading: 'Refunds', text: 'We refund your payment method within 5 business days.' },
]
const text = 'Hi there,\n\nYou can return unworn items within 30 days of delivery. We refund your payment method within 5 business days.'
const first = text.indexOf('You can')
const second = text.indexOf('We refund')
const map = (marks: { number: number; at: number }[], written = text) => mapCitations({ embedder: null }, { text: written, marks, sources })

test('gives each source the sentences that its marks stand behind, and quotes it word for word', async () => {
  // The first mark stood before the full stop, the second after it.
  const citations = await map([
    { number: 1, at: second - 2 },
    { number: 2, at: text.length },
  ])
  expect(citations).toEqual([
    { number: 1, used: true, spans: [{ start: first, end: second - 1 }], quote: 'You can return unworn items within 30 days of delivery.' },
    { number: 2, used: true, spans: [{ start: second, end: text.length }], quote: 'We refund your payment method within 5 business days.' },
  ])
  for (const [index, { quote }] of citations.entries()) expect(sources[index]!.text).toContain(quote)
})

test('gives one sentence to both sources of [1][2], once each', async () => {
  const citations = await map([1, 2, 2].map((number) => ({ number, at: text.length })))
  expect(citations.map(({ spans }) => spans)).toEqual([[{ start: second, end: text.length }], [{ start: second, end: text.length }]])
})

test('ignores a mark that no source has, and then attributes by content', async () => {
  const citations = await map([{ number: 7, at: text.length }])
  expect(citations.map(({ used }) => used)).toEqual([true, true])
  expect(citations[0]!.spans).toEqual([{ start: first, end: second - 1 }])
})

test('says of a source that nothing rests on that it is unused', async () => {
  const citations = await map([{ number: 1, at: second - 1 }])
  expect(citations[1]).toMatchObject({ used: false, spans: [] })
})

test('attributes nothing to anyone when nothing is supported, or nothing is written', async () => {
  for (const written of ['', 'Penguins sing.']) expect((await map([], written)).every(({ used }) => !used)).toBe(true)
  expect(await mapCitations({ embedder: null }, { text, marks: [], sources: [] })).toEqual([])
})
