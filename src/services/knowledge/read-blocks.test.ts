import { expect, test } from 'vitest'
import { readBlocks } from './read-blocks.ts'

const kinds = (markdown: string) =>
  readBlocks(markdown)
    .map(({ type }) => type)
    .filter((type) => type !== 'space')

test.each(['a\n-\n', 'a\n-|-\n', 'a|b\n-|-|-\n', '1) 2. ', '1. ', '> - ', '[a]: b\n', '- a\n', '|', '```\n', '<b>\n'])(
  'reads 150,000 characters of %j at once',
  (unit) => {
    // Some took half a minute when the lexer saw the whole text.
    const started = performance.now()
    readBlocks(unit.repeat(150_000 / unit.length))
    expect(performance.now() - started).toBeLessThan(4_500)
  },
)

test('flattens only what nests deeper than any article', () => {
  expect(readBlocks('> - 1) * + - five\n')[0]!.raw).toBe('> - 1) * + - five\n')
  expect(readBlocks('> - 1) * + - 7. 8. nine\n')[0]!.raw).toBe('> - 1) * + - nine\n')
})

test('cuts a long text between its blocks', () => {
  const blocks = Array.from({ length: 200 }, (_, index) => `Paragraph ${index}\nof two lines.\n\n- one\n\n  more\n- two`)
  const texts = readBlocks(blocks.join('\n\n')).filter(({ type }) => type !== 'space')
  expect(texts.map(({ raw }) => raw.trim())).toEqual(
    blocks.flatMap((block) => [block.slice(0, block.indexOf('- ')).trim(), block.slice(block.indexOf('- '))]),
  )
})

test('closes and opens again what it must cut', () => {
  const lines = Array.from({ length: 500 }, (_, index) => `line ${index} | x`)
  expect(new Set(kinds(`\`\`\`\n${lines.join('\n\n')}\n\`\`\`\n\nText`))).toEqual(new Set(['code', 'paragraph']))
  expect(kinds(`<!--\n${lines.join('\n\n')}\n-->\n\nText`).filter((kind) => kind !== 'html')).toEqual(['paragraph'])
  const tables = readBlocks(`a | b\n--|--\n${lines.join('\n')}\nText`)
  expect(tables.filter(({ type }) => type === 'table').every(({ raw }) => raw.startsWith('a | b\n--|--\nline'))).toBe(true)
  expect(
    tables
      .map(({ raw }) => raw)
      .join('')
      .match(/line \d+ /g),
  ).toHaveLength(500)
})
