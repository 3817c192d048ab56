import { Lexer, type Tokens } from 'marked'
import { describe, expect, test } from 'vitest'
import { readHtmlOutline } from './html-outline.ts'
import { markdownFromHtml } from './markdown-from-html.ts'
import { TooDeepHtmlError } from './parse-html.ts'

const convert = (html: string, options: Partial<Parameters<typeof markdownFromHtml>[1]> = {}) =>
  markdownFromHtml(html, { root: 'body', base: null, ...options })

describe('keeps what the text says', () => {
  test.each([
    [
      'headings and paragraphs',
      '<h1>Returns</h1><p>Send it\n back.</p><h3>How <em>long</em>?</h3>30 days',
      '# Returns\n\nSend it back.\n\n### How *long*?\n\n30 days',
    ],
    ['emphasis with its spaces', 'a<b> bold </b>and<i>it</i><b></b> <strong><b>twice</b></strong>', 'a **bold** and*it* **twice**'],
    ['spaces around elements', '<p>one <b>two</b> three<br>four <br> five</p>', 'one **two** three\nfour\nfive'],
    [
      'nested lists',
      '<ul><li>A<ul><li>B</li><li>C</ul><li><p>D</p><p>E</p></ul><ol start=3><li>x<li>y</ol>',
      '- A\n  - B\n  - C\n- D\n\n  E\n\n3. x\n4. y',
    ],
    ['quotes', '<blockquote><p>a</p><p>b</p></blockquote>', '> a\n>\n> b'],
    [
      'tables',
      '<table><tr><th>Zone<th>Days</tr><tr><td>EU<td><p>2|3</p></td></tr><tr><td colspan=2>None</table>',
      '| Zone | Days |\n| --- | --- |\n| EU | 2\\|3 |\n| None |  |',
    ],
    ['layout tables as text', '<table><tr><td><h2>A</h2><table><tr><td>b</td><td>c</td></tr></table></td></tr></table>', '## A b c'],
    [
      'code',
      'Use <code>a*b</code> and <kbd>`</kbd><pre><code class="language-sh">\nnpm  ci\n  go</code></pre>',
      'Use `a*b` and `` ` ``\n\n```sh\nnpm  ci\n  go\n```',
    ],
    ['lines of code', '<pre><div>a</div><div>b</div><ul><li>c</ul></pre>', '```\na\nb\nc\n```'],
    ['questions', '<dl><dt>Why?<dd>So.</dl><details><summary>How?</summary>Thus.</details>', '**Why?**\n\nSo.\n\n**How?**\n\nThus.'],
    ['entities', '&lt;b&gt; &amp; &eacute;&nbsp;&#x1F600;', '\\<b> & é 😀'],
    ['what is wrongly nested', '<p>a<div>b</p>c<b>d<p>e</b>f', 'a\n\nb\n\ncd\n\ne\n\nf'],
  ])('%s', (_what, html, markdown) => {
    expect(convert(html)).toBe(markdown)
  })

  test('links and images, when they lead somewhere', () => {
    const html =
      '<a href="../b (1).html">x [y]</a> <a href="javascript:alert(1)">no</a> <a href="#top">here</a> <img src=a.png alt="A box"> <img src=b.png> <a href=" mailto:a@b.c ">m</a>'
    expect(convert(html)).toBe('[x \\[y\\]](../b%20%281%29.html) no here ![A box](a.png) [m](mailto:a@b.c)')
    expect(convert('<a href="../b?c=d">x</a><img alt=y src="data:,x">', { base: 'https://help.example/a/c/' })).toBe(
      '[x](https://help.example/a/b?c=d)',
    )
  })

  test('what looks like Markdown shows as it was', () => {
    const html = '<p># no heading</p><p>1. no list</p><p>- none</p><p>*a* _b_ snake_case 5 * 3 [x](y) `c`</p><p>&gt; none</p><p>---</p>'
    const markdown = convert(html)
    expect(markdown).toBe('\\# no heading\n\n1\\. no list\n\n\\- none\n\n\\*a\\* \\_b\\_ snake_case 5 * 3 [x]\\(y) \\`c\\`\n\n\\> none\n\n\\---')
    const tokens = new Lexer().lex(markdown).filter(({ type }) => type !== 'space')
    expect(tokens.map(({ type }) => type)).toEqual(Array(6).fill('paragraph'))
    expect(
      tokens.flatMap((token) => (token as Tokens.Paragraph).tokens.map(({ type }) => type)).filter((type) => !['text', 'escape'].includes(type)),
    ).toEqual([])
  })
})

describe('leaves out what is not the text', () => {
  test('scripts, styles, navigation, forms, and what nobody sees', () => {
    const html = `<head><title>T</title><style>a{}</style></head><script>alert("<p>x</p>")</script><nav>menu</nav><header>logo</header><p>Text</p><p hidden>a</p>
      <p style="color:red; display: none">b</p><span aria-hidden=true>c</span><div role=navigation>d</div><form>e<input value=f></form><svg><text>g</text></svg><!-- h -->
      <noscript>i</noscript><template><p>j</p></template><aside>k</aside><footer>l</footer><button>m</button><textarea>n</textarea>`
    expect(convert(html)).toBe('Text')
  })

  test('what is around the main text', () => {
    const html = '<div>menu</div><main><p>Text</p><aside>no</aside></main><div>more</div><article><p>Other</article>'
    expect(convert(html, { root: 'main' })).toBe('Text')
    expect(convert(html, { root: 'article' })).toBe('Other')
    expect(convert('<div role=main>Text</div>menu', { root: 'main' })).toBe('Text')
  })

  test('forms are kept when the whole page is one', () => {
    expect(convert('<form><p>Text</p><input value=a></form>', { keepForms: true })).toBe('Text')
  })
})

test('says what a page says about itself', () => {
  const html =
    '<html lang="de"><head><title>\n Rück&shy;gabe | Shop</title><meta name="Category" content="Versand"><base href="/x/"></head><main><h1>Rück<b>gabe</b></h1><h1>2</h1>'
  expect(readHtmlOutline(html)).toEqual({
    title: 'Rück\u00adgabe | Shop',
    heading: 'Rückgabe',
    language: 'de',
    base: '/x/',
    meta: new Map([['category', 'Versand']]),
    root: 'main',
  })
  expect(readHtmlOutline('')).toEqual({ title: null, heading: null, language: null, base: null, meta: new Map(), root: 'body' })
})

describe('takes no time for what no page has', () => {
  test.each([
    ['lists', '<ul><li>a'.repeat(90)],
    ['quotes', '<blockquote>a'.repeat(190)],
    ['tables', '<table><tr><td>a'.repeat(60)],
    ['bold text', '<b>a'.repeat(190)],
    ['many words in bold', '<b>a</b> '.repeat(50_000)],
    ['many paragraphs', '<p>a'.repeat(100_000)],
    ['unclosed elements', '<div'.repeat(100_000)],
    ['open brackets', '<'.repeat(400_000)],
    ['comments', '<!--'.repeat(100_000)],
    ['attributes', `<p ${'a=b '.repeat(100_000)}>x`],
    ['spaces', `<p>${' '.repeat(200_000)}x${' '.repeat(200_000)}</p><pre>${' '.repeat(200_000)}x`],
    ['backticks', `<code>${'`'.repeat(100_000)}</code><pre>${'` '.repeat(100_000)}</pre>`],
    ['a wide row', `<table><tr>${'<td>x'.repeat(50_000)}</tr>${'<tr><td>y'.repeat(20_000)}</table>`],
    ['stars', '*'.repeat(400_000)],
  ])('%s', (_what, html) => {
    const started = performance.now()
    expect(typeof convert(html)).toBe('string')
    expect(performance.now() - started).toBeLessThan(2_000)
  })

  test('a hundred thousand levels are refused with their line', () => {
    const started = performance.now()
    expect(() => convert(`<p>a</p>\n\n${'<div>'.repeat(100_000)}`)).toThrow(TooDeepHtmlError)
    expect(performance.now() - started).toBeLessThan(1_000)
    try {
      readHtmlOutline(`<p>a</p>\n\n${'<div>'.repeat(100_000)}`)
    } catch (error) {
      expect((error as TooDeepHtmlError).line).toBe(3)
    }
  })
})
