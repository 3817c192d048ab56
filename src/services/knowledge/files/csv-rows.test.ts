import { describe, expect, test } from 'vitest'
import { readCsvRows } from './csv-rows.ts'
import { parseArticleFile } from './parse-article-file.ts'

const read = (content: string, path = 'help/faq.csv') => readCsvRows({ path, content })
const parsed = (content: string) => read(content).map((row) => ('content' in row ? parseArticleFile(row) : row))

test('makes an article of each row', () => {
  const text =
    '\ufeffTitle, body ,Category,tags,audience,locale,status,slug,Ignored\r\n"Returns, all","Line 1\r\n""Line 2""",Orders,"a, b;c",Internal,de,draft,returns,x\r\nShipping,Fast.\r\n'
  expect(parsed(text)).toEqual([
    {
      content: {
        title: 'Returns, all',
        body: 'Line 1\n"Line 2"',
        category: 'Orders',
        tags: ['a', 'b', 'c'],
        audience: 'INTERNAL',
        locale: 'de',
        status: 'DRAFT',
      },
      slug: { value: 'returns', line: 2 },
      name: 'Returns, all',
      phrasings: null,
    },
    {
      content: { title: 'Shipping', body: 'Fast.', category: 'help', tags: [], audience: 'PUBLIC', locale: 'en', status: 'PUBLISHED' },
      slug: null,
      name: 'Shipping',
      phrasings: null,
    },
  ])
})

test('gives each row a path that stays when others come before it', () => {
  const paths = (text: string) => read(text).map(({ path }) => path)
  expect(paths('title,body,slug\nA b,x,\nA b,y,\n退款,z,\nC,w,my-c\nD,v,No Slug')).toEqual([
    'help/faq.csv#a-b',
    'help/faq.csv#a-b-2',
    'help/faq.csv#row-3',
    'help/faq.csv#my-c',
    'help/faq.csv#row-5',
  ])
})

test.each([';', '\t'])('reads columns between %j', (delimiter) => {
  expect(parsed(`${['title', 'body'].join(delimiter)}\n${['A', '1,5 kg'].join(delimiter)}`)).toMatchObject([
    { content: { title: 'A', body: '1,5 kg' } },
  ])
})

describe('reports', () => {
  test.each([
    ['no rows', 'title,body\n', ['it has a header and no rows']],
    ['nothing', ' ', ['it is empty']],
    ['no column for the body', '\ntitle,text\nA,x', ['line 2: there is no column "body"']],
    ['a column that is there twice', 'title,body,title\nA,x,B', ['line 1: there are two columns "title"']],
    ['bytes', 'title,body\nA,x\u0000', [/^line 2: .*control characters/]],
    ['too much', `title,body\n${'x'.repeat(5_000_000)}`, [/at most 5000000/]],
  ])('%s', (_what, text, problems) => {
    expect(read(text)).toEqual(problems.map((problem) => ({ path: 'help/faq.csv', problem: expect.stringMatching(problem) })))
  })

  test('bad rows with their line, and reads the others', () => {
    const rows = read('title,body\nA,x\n"B"b,y\nC,x,too,many\n\nD,"z\nz"\n"never closed,x')
    expect(rows.map((row) => ('content' in row ? row.path : row.problem))).toEqual([
      'help/faq.csv#a',
      expect.stringMatching(/^line 3: /),
      expect.stringMatching(/^line 4: it has 4 fields, and the header 2/),
      'help/faq.csv#d',
      expect.stringMatching(/^line \d+: /),
    ])
  })

  test('what is wrong with a field in the line of its row', () => {
    for (const [row, message] of [
      ['A,x,everyone,', /^line 2: audience must be public, internal/],
      [',x,,', /^line 2: title is empty/],
      ['A,,,', /^line 2: body is empty/],
      ['A,x,,No Slug', /^line 2: slug must be/],
    ] as const) {
      const [first] = read(`title,body,audience,slug\n${row}`)
      expect(() => parseArticleFile(first as { path: string; content: string })).toThrow(message)
    }
  })
})

test('reads five thousand rows in no time', () => {
  const started = performance.now()
  expect(read(`title,body\n${'"Same title","A ""quoted"" body"\n'.repeat(5_000)}`)).toHaveLength(5_000)
  expect(performance.now() - started).toBeLessThan(2_000)
})

test.each([
  ['broken rows', `title,body\n${'"A"b,x\n'.repeat(101)}${'A,x\n'.repeat(1_000_000)}`, 6],
  ['rows', `title,body\n${'A,x\n'.repeat(1_000_000)}`, 5_001],
  ['columns', `title,body${','.repeat(4_900_000)}\nA,x`, 1],
  ['fields', `title,body\n${`${','.repeat(600_000)}\n`.repeat(8)}`, 1],
  ['what follows a quote', `title,body\n"A,x\n${'A,x\n'.repeat(1_200_000)}`, 1],
])('is not held up by a million %s', (_what, text, rows) => {
  const started = performance.now()
  expect(read(text)).toHaveLength(rows)
  // Each took five to fifteen seconds when all was read.
  expect(performance.now() - started).toBeLessThan(4_500)
})
