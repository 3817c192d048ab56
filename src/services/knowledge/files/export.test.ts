import { describe, expect, test } from 'vitest'
import { checkArticle } from '../check-article.ts'
import { checkPhrasings } from '../phrasings.ts'
import { exportPaths } from './export-paths.ts'
import { parseArticleFile } from './parse-article-file.ts'
import { renderArticleFile } from './render-article-file.ts'

const awkward = [
  'plain',
  '2024',
  '007',
  '1e3',
  'true',
  'null',
  '~',
  'no',
  '- dash',
  '# hash',
  'a: b # c',
  '"quoted" and \'single\'',
  '[list], {map}',
  '*star &and',
  '| pipe > fold',
  'back\\slash \\n',
  '%percent @at `tick`',
  '---',
  '...',
  '<<',
  '=',
  '2024-01-01',
  'C1 \u0085 and \u00a0 and \ufffd',
  'line\u2028separator',
  'emoji 👩‍👧 ❤️, می‌روم, 退款',
  'word '.repeat(18).trim(),
  'trailing colon:',
  '!tag',
]

describe('an exported file', () => {
  test.each(awkward)('reads back as it was: %j', (text) => {
    const content = checkArticle({ title: text, category: text, tags: [text, `${text} two`], body: `    indented\n${text}\n---\n${text}` })
    const article = {
      ...(content as Required<typeof content>),
      audience: 'INTERNAL' as const,
      locale: 'pt-BR',
      status: 'ARCHIVED' as const,
      slug: '007',
      phrasings: checkPhrasings([text, `${text}?`]),
    }
    const file = renderArticleFile(article)
    const { content: read, slug, phrasings } = parseArticleFile({ path: 'other/name.md', content: file })
    expect({ ...read, slug: slug?.value, phrasings }).toEqual(article)
    // Windows may have been at it.
    expect(parseArticleFile({ path: 'x.md', content: `\ufeff${file.replaceAll('\n', '\r\n')}` }).content).toEqual(read)
  })
})

describe('the place of a file', () => {
  const paths = (...articles: [string, string, string | null][]) =>
    [...exportPaths(articles.map(([slug, category, sourcePath]) => ({ id: slug, slug, category, sourcePath })))].sort()

  test('is where it came from, otherwise in the folder of its category', () => {
    expect(
      paths(
        ['a', 'Orders & Co', 'deep/er/A.md'],
        ['b', 'Orders & Co', null],
        ['c', '退款 政策', 'faq.csv#c'],
        ['d', '../..', 'https://x.y/d.md'],
        ['e', 'X', '../e.md'],
        ['f', 'X', '.git/f.md'],
        ['g', 'X', 'page.html'],
        ['h', 'X', `${'x'.repeat(250)}.md`],
      ),
    ).toEqual([
      ['a', 'deep/er/A.md'],
      ['b', 'orders-co/b.md'],
      ['c', '退款-政策/c.md'],
      ['d', 'general/d.md'],
      ['e', 'x/e.md'],
      ['f', 'x/f.md'],
      ['g', 'x/g.md'],
      ['h', 'x/h.md'],
    ])
  })

  test('belongs to one article, on every disk and in every order', () => {
    const articles: [string, string, string | null][] = [
      ['one', 'X', 'x/A.md'],
      ['two', 'X', 'x/a.md'],
      ['a', 'X', null],
      ['a-2', 'X', null],
    ]
    const expected = [
      ['a', 'x/a-3.md'],
      ['a-2', 'x/a-2-2.md'],
      ['one', 'x/A.md'],
      ['two', 'x/a-2.md'],
    ]
    expect(paths(...articles)).toEqual(expected)
    expect(paths(...articles.toReversed())).toEqual(expected)
  })

  test('is no folder of another', () => {
    expect(paths(['a', 'X', 'x.md'], ['b', 'X', 'X.md/y.md'], ['c', 'X', 'Z.md/y.md'], ['d', 'X', 'z.md'])).toEqual([
      ['a', 'x-2.md'],
      ['b', 'X.md/y.md'],
      ['c', 'Z.md/y.md'],
      ['d', 'z-2.md'],
    ])
    expect(paths(['a', 'X', 'x.md'], ['b', 'X', 'x.md/y.md'])).toEqual([
      ['a', 'x.md'],
      ['b', 'x.md-2/y.md'],
    ])
  })
})
