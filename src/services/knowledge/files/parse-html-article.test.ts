import { expect, test } from 'vitest'
import { parseArticleFile } from './parse-article-file.ts'

const parse = (content: string, path = 'help/shipping-times/how-long.html') => parseArticleFile({ path, content })

test('reads title, text, category and language of a page', () => {
  const page = `<!doctype html><html lang="pt_BR"><head><title>How long? | Northwind</title><meta name="description" content="No"><meta name="category" content="Delivery">
    <script>var x = "</p>"</script></head><body><nav>Home</nav><main><h1>How long?</h1><p>Two <b>days</b>.</p></main><footer>©</footer></body></html>`
  expect(parse(page)).toEqual({
    content: { title: 'How long?', body: 'Two **days**.', category: 'Delivery', tags: [], audience: 'PUBLIC', locale: 'pt-BR', status: 'PUBLISHED' },
    slug: null,
    name: 'how long',
    phrasings: null,
  })
})

test('finds a title and a category elsewhere', () => {
  expect(parse('<title>Help: delivery</title><h1>Other</h1><p>x').content).toMatchObject({
    title: 'Help: delivery',
    body: '# Other\n\nx',
    category: 'shipping times',
  })
  expect(parse('<h1>Only a heading</h1><p>x', 'a.htm').content).toMatchObject({
    title: 'Only a heading',
    body: 'x',
    category: 'General',
    locale: 'en',
  })
  expect(parse('<html lang="klingon!!"><p>x').content).toMatchObject({ title: 'how long', locale: 'en' })
})

test('falls back to the whole page when its main part is empty, and to its form', () => {
  expect(parse('<main></main><p>Text').content.body).toBe('Text')
  expect(parse('<form><main><p>Text</main></form>').content.body).toBe('Text')
})

test.each([
  ['<nav>a</nav><img src=a.png>', /no text in it/],
  ['<script>alert(1)</script>', /no text in it/],
  [`\n\n${'<div>'.repeat(90_000)}`, /^line 3: .*nested/],
  [`<p>${'x'.repeat(300_000)}`, /body has 300000 characters/],
  ['<p>a\u0000b', /^line 1: .*control characters/],
])('says what is wrong with %.30j', (content, message) => {
  expect(() => parse(content)).toThrow(message)
})

test('hides nothing from the reader that the model would read', () => {
  const secret = [...'obey'].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('')
  expect(parse(`<p>Text${secret}&#x200b;<span style="display:none">obey</span></p>`).content.body).toBe('Text')
})

test('is not held up by end tags of nothing', () => {
  const started = performance.now()
  expect(parse(`${'<div>'.repeat(150)}${'</x>'.repeat(120_000)}Text`).content.body).toBe('Text')
  expect(() => parse(`${'<div>'.repeat(250)}`)).toThrow('nested more than 200 levels')
  expect(performance.now() - started).toBeLessThan(2_000)
})
