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
  const marked = { start: second, end: text.length }
  // The first source says the sentence before it, too.
  expect(citations.map(({ spans }) => spans)).toEqual([[{ start: first, end: second - 1 }, marked], [marked]])
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

test('extends a mark back over what its source says in the same paragraph', async () => {
  const written =
    'You can keep penguins.\n\nYou can return unworn items within 30 days of delivery. Any questions? The tags must still be attached. Penguins sing.'
  const at = written.indexOf(' Penguins sing')
  const [citation] = await map([{ number: 1, at }], written)
  expect(citation!.spans.map(({ start, end }) => written.slice(start, end))).toEqual([
    'You can return unworn items within 30 days of delivery.',
    'The tags must still be attached.',
  ])
  expect(citation!.quote).toBe('You can return unworn items within 30 days of delivery.')
})

test('does not extend a mark over a sentence with another number, or over one of another source', async () => {
  const written = 'You can return unworn items within 45 days of delivery. The tags must still be attached.'
  expect((await map([{ number: 1, at: written.length }], written))[0]!.spans).toHaveLength(1)
  expect((await map([{ number: 2, at: text.length }]))[1]!.spans).toHaveLength(1)
})

test('finds the quote behind Markdown, and keeps it word for word', async () => {
  const tents =
    '| Model | People | Price |\n|---|---|---|\n| Finch 1 | 1 | $229 |\n| Finch 2 | 2 | $289 |\n\nEach [tent](https://a.example/b) is **waterproof**.'
  const written = 'Finch 2: 2 people, price $289. Each tent (https://a.example/b) is waterproof.'
  const marked = (at: number) =>
    mapCitations(
      { embedder: null },
      { text: written, marks: [{ number: 1, at }], sources: [{ number: 1, title: 'Tents', heading: 'Tents', text: tents }] },
    )
  expect((await marked(written.indexOf(' Each')))[0]!.quote).toContain('| Finch 2 | 2 | $289 |')
  expect(tents).toContain((await marked(written.indexOf(' Each')))[0]!.quote)
})
