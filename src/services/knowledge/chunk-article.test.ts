import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { createTokenCounter } from '../../engines/tokenizer.ts'
import { chunkArticle } from './chunk-article.ts'

const countTokens = createTokenCounter(resolve('models'))
const chunk = (body: string, title = 'Shipping') => chunkArticle({ title, body }, countTokens)
const sentences = (count: number, topic = 'parcel') =>
  Array.from({ length: count }, (_, index) => `The ${topic} number ${index} leaves the warehouse on day ${index}.`).join(' ')

test('cuts at headings and puts the path of headings before each chunk', () => {
  const chunks = chunk(`${sentences(4, 'intro')}\n\n## Costs\n\n${sentences(4)}\n\n### Overseas\n\n${sentences(4)}\n\n## Times\n\n${sentences(4)}`)
  expect(chunks.map(({ index, heading }) => [index, heading])).toEqual([
    [0, 'Shipping'],
    [1, 'Shipping › Costs'],
    [2, 'Shipping › Costs › Overseas'],
    [3, 'Shipping › Times'],
  ])
  expect(chunks[1]!.text).toBe(sentences(4))
  expect(chunks[1]!.section).toBe(sentences(4))
})

test('gives every chunk of a long section that section, and no chunk more than the embedder reads', () => {
  const chunks = chunk(`## Costs\n\n${[1, 2, 3, 4, 5, 6].map(() => sentences(8)).join('\n\n')}`)
  expect(chunks.length).toBeGreaterThan(2)
  for (const { tokens, section, heading } of chunks) {
    expect(tokens).toBeLessThanOrEqual(256)
    expect(heading).toBe('Shipping › Costs')
    expect(section.length).toBeGreaterThan(2_000)
  }
})

test('joins a section of a few words to its neighbour and keeps its heading in the text', () => {
  const chunks = chunk(`## Costs\n\n${sentences(4)}\n\n## Phone\n\nCall 555-0100.`)
  expect(chunks).toHaveLength(1)
  expect(chunks[0]!.heading).toBe('Shipping › Costs')
  expect(chunks[0]!.text).toContain('**Phone**\n\nCall 555-0100.')
})

test('names several tiny sections by what they share', () => {
  const [only, ...others] = chunk('# Shipping\n\n## A\n\nOne.\n\n## B\n\nTwo.\n\n## C\n\nThree.')
  expect(others).toEqual([])
  expect(only).toMatchObject({ heading: 'Shipping', text: '**A**\n\nOne.\n\n**B**\n\nTwo.\n\n**C**\n\nThree.' })
})

test('repeats the header of a table that has to be split, and keeps its rows whole', () => {
  const rows = Array.from({ length: 60 }, (_, index) => `| Country ${index} | ${index} days | $${index}.95 |`)
  const chunks = chunk(`| Country | Time | Price |\n|---|---|---|\n${rows.join('\n')}`)
  expect(chunks.length).toBeGreaterThan(2)
  for (const { text } of chunks) expect(text.startsWith('| Country | Time | Price |\n|---|---|---|\n| Country ')).toBe(true)
  expect(chunks.flatMap(({ text }) => text.split('\n').slice(2))).toEqual(rows)
})

test('splits a long list between its items', () => {
  const items = Array.from({ length: 80 }, (_, index) => `${index + 1}. Step ${index + 1} of the return, then wait.`)
  const chunks = chunk(items.join('\n'))
  expect(chunks.flatMap(({ text }) => text.split('\n'))).toEqual(items)
})

test.each([
  ['one huge paragraph', sentences(400)],
  ['one huge sentence', 'and then the parcel goes on '.repeat(2_000)],
  ['one huge word', 'x'.repeat(50_000)],
  ['text without spaces', '退货政策适用于所有订单'.repeat(500)],
  ['emoji', '📦🚚'.repeat(3_000)],
  ['a huge code block', `\`\`\`\n${'const parcel = ship(order)\n'.repeat(300)}\`\`\``],
  ['a table row that is too long', `| a | b |\n|---|---|\n| ${sentences(60)} | x |`],
  ['a list item that is too long', `- ${sentences(60)}\n- short`],
  ['a long title', sentences(4)],
])('keeps %s within the embedder’s window', (name, body) => {
  const chunks = chunk(body, name === 'a long title' ? sentences(6) : 'Shipping')
  for (const { tokens, text } of chunks) {
    expect(tokens).toBeLessThanOrEqual(256)
    expect(text.isWellFormed()).toBe(true)
    expect(text.trim()).not.toBe('')
  }
  const letters = (text: string) => text.replace(/[\s`|-]/g, '').length
  expect(chunks.reduce((sum, { text }) => sum + letters(text), 0)).toBeGreaterThanOrEqual(letters(body))
})

test.each([
  ['nothing', ''],
  ['headings without text', '# \n\n## \n\n##'],
  ['a comment', '<!-- todo -->'],
  ['white space', ' \n\t\n'],
])('finds an article of %s by its title', (_name, body) => {
  expect(chunk(body)).toMatchObject([{ index: 0, heading: 'Shipping', text: 'Shipping' }])
})

test('reads the words of HTML and leaves scripts and comments out', () => {
  const [only] = chunk('<div class="box"><p>Free over&nbsp;$75 &amp; always fast</p><script>alert(1)</script><!-- old --></div>')
  expect(only!.text).toBe('Free over $75 & always fast')
})

test('is deterministic', () => {
  const body = `## A\n\n${sentences(50)}\n\n| a |\n|---|\n| b |`
  expect(chunk(body)).toEqual(chunk(body))
})

test.each([
  ['quotes', '>'.repeat(200_000)],
  ['spaced quotes', '> '.repeat(100_000)],
  ['lists', Array.from({ length: 600 }, (_, depth) => `${' '.repeat(depth * 2)}- x`).join('\n')],
  ['list marks', '- '.repeat(100_000)],
  ['code marks', '`'.repeat(1_000) + 'a`b'.repeat(60_000)],
  ['brackets', '['.repeat(100_000)],
  ['tags', '<div '.repeat(40_000)],
  ['comments', '<!--'.repeat(50_000)],
])('is not stopped by thousands of %s', (_name, body) => {
  // What these did before would not end within the test's time.
  expect(chunk(body).length).toBeGreaterThan(0)
})

test('keeps an unknown word readable', () => {
  for (const { text } of chunk('x'.repeat(200_000))) expect(text.length).toBeLessThan(4_500)
})
