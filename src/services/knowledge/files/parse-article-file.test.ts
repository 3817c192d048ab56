import { expect, test } from 'vitest'
import { ArticleFileError } from './article-file-error.ts'
import { parseArticleFile } from './parse-article-file.ts'

const parse = (content: string, path = 'shipping/free-shipping.md') => parseArticleFile({ path, content }).content

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
  expect(parse('---\ntitle: 1.10\ntags: a, b\n---\nText')).toMatchObject({ title: '1.10', tags: ['a', 'b'] })
  expect(parse('---\ntags: [007, true, a]\n---\nText')).toMatchObject({ tags: ['007', 'true', 'a'] })
  expect(parse('# C# and F# ##\nText')).toMatchObject({ title: 'C# and F#' })
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
  ['a\u0000b', /^line 1: .*control characters/],
  ['---\ntitle: T\n---\n\na\n\ud800', /^line 6: .*control characters/],
  ['---\ntitle: T\nslug: Not A Slug\n---\nText', /^line 3: slug must be/],
  ['---\ntitle: T\ntitle: U\n---\nText', /^line 3: title is there twice/],
  [`---\ntitle: ${'['.repeat(40_000)}\n---\nText`, /^line 2: the front matter is not valid YAML/],
  ['---\na: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: &d [*c, *c]\ntags: [*d, *d]\n---\nText', /^line 6: tags/],
  [`---\ntitle: ${'x'.repeat(50_000)}\n---\nText`, /^line 1: the front matter has 50008 characters/],
  ['x'.repeat(500_001), /at most 500000 are allowed/],
  ['x'.repeat(300_000), /body has 300000 characters/],
])('says where %j is wrong', (content, message) => {
  expect(() => parse(content)).toThrow(ArticleFileError)
  expect(() => parse(content)).toThrow(message)
})

test.each(['a.docx', 'a', '.md.exe'])('refuses %s', (path) => {
  expect(() => parse('Text', path)).toThrow('only Markdown (.md), HTML (.html) and CSV (.csv) can be imported')
})

test('takes no time for what no article has', () => {
  const started = performance.now()
  expect(parse(`# a${' '.repeat(150_000)}b`)).toMatchObject({ category: 'shipping' })
  expect(parse(`---\n${Array.from({ length: 4_000 }, (_, index) => `key${index}: x`).join('\n')}\n---\nText`)).toMatchObject({ body: 'Text' })
  expect(performance.now() - started).toBeLessThan(2_000)
})

test('reads the slug and the phrasings that a file asks for', () => {
  const given = '---\ntitle: T\nslug: my-slug\nphrasings:\n  - Where is it?\n  - where IS it?\n  - "2"\n---\nText'
  expect(parseArticleFile({ path: 'a.md', content: given })).toMatchObject({
    slug: { value: 'my-slug', line: 3 },
    phrasings: ['Where is it?', '2'],
    name: 'a',
  })
  expect(parseArticleFile({ path: 'a.md', content: 'Text' })).toMatchObject({ slug: null, phrasings: null })
  expect(parseArticleFile({ path: 'a.md', content: '---\nphrasings: []\n---\nText' })).toMatchObject({ phrasings: [] })
})
