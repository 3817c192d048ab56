import { expect, test } from 'vitest'
import { ArticleFileError, parseArticleFile } from './parse-article-file.ts'

const parse = (content: string, path = 'shipping/free-shipping.md') => parseArticleFile({ path, content })

test('reads front matter and body', () => {
  expect(
    parse(
      '---\ntitle: "Free: shipping?"\ncategory: Shipping\ntags: [rates, 24h]\naudience: Internal\nlocale: pt_br\nstatus: draft\n---\n\nFrom $75 on.\n',
    ),
  ).toEqual({
    title: 'Free: shipping?',
    category: 'Shipping',
    tags: ['rates', '24h'],
    audience: 'INTERNAL',
    locale: 'pt-BR',
    status: 'DRAFT',
    body: 'From $75 on.',
  })
})

test('does without front matter, and with Windows line ends and a byte order mark', () => {
  expect(parse('# Free shipping\n\nFrom $75 on.')).toMatchObject({
    title: 'Free shipping',
    category: 'shipping',
    audience: 'PUBLIC',
    status: 'PUBLISHED',
    locale: 'en',
    tags: [],
  })
  expect(parse('From $75 on.', 'free-shipping.md')).toMatchObject({ title: 'free shipping', category: 'General' })
  expect(parse('\uFEFF---\r\ntitle: T\r\n---\r\nText')).toMatchObject({ title: 'T', body: 'Text' })
  expect(parse('---\ntitle: 2024\ntags: a, b\n---\nText')).toMatchObject({ title: '2024', tags: ['a', 'b'] })
})

test.each([
  ['---\ntitle: [open\n---\nText', /^line [23]: the front matter is not valid YAML/],
  ['---\ntitle: T\nbody', /^line 1: .*not closed/],
  ['---\n- a\n---\nText', /^line 2: .*fields/],
  ['---\ntitle: T\naudience: everyone\n---\nText', /^line 3: audience must be public, internal, and is "everyone"/],
  ['---\ntitle: T\n\nlocale: no tongue\n---\nText', /^line 4: locale is no language tag/],
  ['---\ntitle: { a: b }\n---\nText', /^line 2: title must be text/],
  ['---\ntitle: T\n---\n', /body is empty/],
  ['', /is empty/],
  ['a\u0000b', /control characters/],
  ['x'.repeat(500_001), /at most 500000/],
  ['x'.repeat(300_000), /body has 300000 characters/],
])('says where %j is wrong', (content, message) => {
  expect(() => parse(content)).toThrow(ArticleFileError)
  expect(() => parse(content)).toThrow(message)
})

test.each(['a.html', 'a.csv', 'a', '.md.exe'])('refuses %s', (path) => {
  expect(() => parse('Text', path)).toThrow('only Markdown (.md) can be imported so far')
})
