import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/start-server.ts'

/** What the web site answers, by path; it may be changed at any time. */
let pages: Record<string, string | RequestListener> = {}
const requests: { path: string; agent: string | undefined }[] = []
let site: ReturnType<typeof createServer>
let base: string
let server: TestServer

beforeAll(async () => {
  site = createServer((request, response) => {
    requests.push({ path: request.url!, agent: request.headers['user-agent'] })
    const page = pages[request.url!]
    if (typeof page === 'function') return page(request, response)
    if (page === undefined) return void response.writeHead(404, { 'content-type': 'text/html' }).end('Not here')
    response.setHeader('content-type', request.url!.endsWith('.xml') ? 'application/xml' : 'text/html; charset=utf-8')
    response.end(page)
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  const { port } = site.address() as AddressInfo
  base = `http://127.0.0.1:${port}`
  server = await startServer({
    environment: { EMBEDDER: 'none', IMPORT_HOSTS: `127.0.0.1:${port},localhost:${port},nowhere.invalid`, IMPORT_PRIVATE_ADDRESSES: 'true' },
  })
})
afterAll(async () => {
  await server?.stop()
  site?.closeAllConnections()
  site?.close()
})
afterEach(() => {
  pages = {}
  requests.length = 0
})

async function start(input: object, key?: string): Promise<any> {
  const query =
    'mutation ($input: ImportArticlesFromUrlsInput!) { importArticlesFromUrls(input: $input) { ... on ImportRun { id } ... on Error { code message } } }'
  const { body } = await server.post({ query, variables: { input } }, key ? { key } : {})
  if (body.errors) throw new Error(JSON.stringify(body.errors))
  return body.data.importArticlesFromUrls
}

async function importUrls(input: object): Promise<any> {
  const { id } = await start(input)
  const query = `query ($id: ID!) { node(id: $id) { ... on ImportRun {
    status done total failureCode failureMessage counts { created updated unchanged leftOut } problems { path message } } } }`
  const read = async () => (await server.post({ query, variables: { id } })).body.data.node
  await expect.poll(async () => (await read()).status).not.toMatch(/QUEUED|RUNNING/)
  return read()
}

const article = async (path: string) => server.app.resources.database.article.findUnique({ where: { sourcePath: base + path } })
const page = (title: string, text: string, noise = '') =>
  `<title>${title} | Site</title><nav>${noise}</nav><main><h1>${title}</h1><p>${text}</p></main>`

describe('web pages', () => {
  it('become articles, one request at a time', async () => {
    let open = 0
    let most = 0
    const slow: RequestListener = (request, response) => {
      most = Math.max(most, (open += 1))
      setTimeout(() => {
        open -= 1
        response.setHeader('content-type', 'text/html').end(page(`Slow ${request.url}`, 'Text'))
      }, 50)
    }
    pages = {
      '/help/shipping/times': page('Times', 'Two <a href="../zones?a=1">zones</a>.'),
      '/help/slow-1': slow,
      '/help/slow-2': slow,
      '/a.md': (_request, response) => void response.setHeader('content-type', 'text/markdown').end('---\ntitle: Mark\ncategory: Down\n---\nText'),
      '/latin': (_request, response) =>
        void response.setHeader('content-type', 'text/html; charset=iso-8859-1').end(Buffer.from(page('Größe', 'ä'), 'latin1')),
      '/meta': (_request, response) =>
        void response.setHeader('content-type', 'text/html').end(Buffer.from(`<meta charset="windows-1252">${page('Maß', 'ö')}`, 'latin1')),
    }
    const run = await importUrls({ urls: [...Object.keys(pages).map((path) => base + path), `${base}/a.md#part`] })
    expect(run).toMatchObject({ status: 'COMPLETED', done: 6, total: 6, counts: { created: 6, updated: 0, unchanged: 0, leftOut: 0 }, problems: [] })
    expect(most).toBe(1)
    expect(requests.every(({ agent }) => agent?.startsWith('Understudy'))).toBe(true)
    expect(await article('/help/shipping/times')).toMatchObject({
      title: 'Times',
      category: 'shipping',
      slug: 'times',
      body: `Two [zones](${base}/help/zones?a=1).`,
    })
    expect(await article('/a.md')).toMatchObject({ title: 'Mark', category: 'Down' })
    expect(await article('/latin')).toMatchObject({ title: 'Größe', body: 'ä', category: 'General' })
    expect(await article('/meta')).toMatchObject({ title: 'Maß', body: 'ö' })
  })

  it('are the same as long as their text is, whatever is around it', async () => {
    pages = { '/r/1': page('One', 'First', 'menu 1'), '/r/2': page('Two', 'Second') }
    const urls = [`${base}/r/1`, `${base}/r/2`]
    await importUrls({ urls })
    const before = await article('/r/1')
    pages = { '/r/1': page('One', 'First', 'menu 2'), '/r/2': page('Two', 'Changed') }
    expect(await importUrls({ urls })).toMatchObject({ counts: { created: 0, updated: 1, unchanged: 1 } })
    expect(await article('/r/1')).toEqual(before)
    expect(await article('/r/2')).toMatchObject({ body: 'Changed', version: 2 })
    // One that does not answer keeps its article, one that is not asked for any more goes; files are another matter.
    pages = { '/r/1': (_request, response) => void response.writeHead(500).end() }
    await server.app.resources.database.article.create({ data: { title: 'File', slug: 'file', body: 'x', category: 'x', sourcePath: 'file.md' } })
    expect(await importUrls({ urls: [urls[0]], deleteMissing: true })).toMatchObject({
      counts: { leftOut: 1 },
      problems: [{ path: urls[0], message: 'it answers 500' }],
    })
    expect(await article('/r/1')).toEqual(before)
    expect(await article('/r/2')).toBeNull()
    expect(await server.app.resources.database.article.count({ where: { slug: 'file' } })).toBe(1)
  })

  it('are found by a sitemap, and by those that it lists', async () => {
    pages = {
      '/sitemap.xml': `<sitemapindex><sitemap><loc>${base}/s1.xml</loc></sitemap><sitemap><loc>${base}/s2.xml</loc></sitemap></sitemapindex>`,
      '/s1.xml': `<urlset><url><loc>${base}/s/1</loc></url><url><loc>${base}/s/2</loc></url></urlset>`,
      '/s2.xml': `<urlset><url><loc>${base}/s/2</loc></url></urlset>`,
      '/s/1': page('S1', 'x'),
      '/s/2': page('S2', 'x'),
      '/s/3': page('S3', 'x'),
    }
    expect(await importUrls({ urls: [`${base}/s/3`], sitemap: `${base}/sitemap.xml` })).toMatchObject({
      status: 'COMPLETED',
      total: 3,
      counts: { created: 3 },
    })
    expect(requests.map(({ path }) => path)).toEqual(['/sitemap.xml', '/s1.xml', '/s2.xml', '/s/3', '/s/1', '/s/2'])
  })

  it('of other hosts in a sitemap are left out with the reason, and do not stop the rest', async () => {
    pages = {
      '/mixed.xml': `<urlset><url><loc>https://elsewhere.example/a</loc></url><url><loc>${base}/mixed/1</loc></url><url><loc>ftp:x</loc></url></urlset>`,
      '/mixed/1': page('Mixed', 'x'),
    }
    expect(await importUrls({ sitemap: `${base}/mixed.xml` })).toMatchObject({
      status: 'COMPLETED',
      counts: { created: 1, leftOut: 2 },
      problems: [
        { path: 'https://elsewhere.example/a', message: expect.stringContaining('not one of the hosts') },
        { path: 'ftp:x', message: expect.stringContaining('is no address') },
      ],
    })
  })

  it.each([
    ['that is not there', undefined, /it answers 404/],
    ['without pages', '<urlset></urlset>', /lists no pages/],
    ['of other hosts', '<urlset><url><loc>https://elsewhere.example/</loc></url></urlset>', /elsewhere\.example is not one of the hosts/],
    [
      'with too many pages',
      `<urlset>${Array.from({ length: 2_001 }, (_, index) => `<url><loc>BASE/${index}</loc></url>`).join('')}</urlset>`,
      /more than 2000 pages/,
    ],
  ])('fail as a whole with a sitemap %s', async (_what, xml, message) => {
    pages = xml === undefined ? {} : { '/bad.xml': xml.replaceAll('BASE', base) }
    const run = await importUrls({ sitemap: `${base}/bad.xml` })
    expect(run).toMatchObject({ status: 'FAILED', failureCode: 'SITEMAP_UNAVAILABLE', failureMessage: expect.stringMatching(message) })
  })

  it('are left out one by one, each with its reason', async () => {
    const redirect =
      (to: string): RequestListener =>
      (_request, response) =>
        void response.writeHead(302, { location: to }).end()
    const send =
      (headers: Record<string, string>, body: string | Buffer = 'x'): RequestListener =>
      (_request, response) =>
        void response.writeHead(200, headers).end(body)
    const bad: Record<string, [RequestListener | string | undefined, RegExp]> = {
      '/gone': [undefined, /^it answers 404$/],
      '/image': [send({ 'content-type': 'image/png' }), /it is image\/png, and not text\/html/],
      '/no-type': [send({}), /it is of no type/],
      '/packed': [send({ 'content-type': 'text/html', 'content-encoding': 'gzip' }), /comes compressed \(gzip\)/],
      '/large': [send({ 'content-type': 'text/html' }, 'x'.repeat(2_000_001)), /larger than 2 MB/],
      '/binary': [send({ 'content-type': 'text/html' }, Buffer.from([60, 0, 1, 2])), /control characters/],
      '/empty': ['<nav>menu</nav>', /no text in it/],
      '/deep': ['<div>'.repeat(100_000), /nested more than/],
      '/loop': [redirect('/loop'), /redirects more than 5 times/],
      '/away': [redirect('https://elsewhere.example/'), /elsewhere\.example, which is not allowed/],
      '/file': [redirect('file:///etc/passwd'), /does not start with http/],
      '/secret': [redirect(`${base.replace('//', '//user:pass@')}/ok`), /holds a password/],
      '/cut': [(request) => request.socket.destroy(), /cannot be reached \(ECONNRESET\)/],
      '/half': [
        (request, response) => {
          response.writeHead(200, { 'content-type': 'text/html', 'content-length': '100' }).write('<p>half')
          setTimeout(() => request.socket.destroy(), 20)
        },
        /cannot be reached/,
      ],
    }
    pages = {
      ...Object.fromEntries(Object.entries(bad).flatMap(([path, [answer]]) => (answer === undefined ? [] : [[path, answer]]))),
      '/ok': page('Fine', 'x'),
      '/to-ok': redirect('/ok'),
    }
    const run = await importUrls({ urls: [...Object.keys(bad), '/ok', '/to-ok'].map((path) => base + path).concat('http://nowhere.invalid/') })
    expect(run).toMatchObject({ status: 'COMPLETED', counts: { created: 2, leftOut: Object.keys(bad).length + 1 } })
    const problems = Object.fromEntries(run.problems.map(({ path, message }: any) => [path.replace(base, ''), message]))
    for (const [path, [, message]] of Object.entries(bad)) expect(problems[path], path).toMatch(message)
    expect(problems['http://nowhere.invalid/']).toMatch(/cannot be reached \(E/)
  })

  it('are waited for ten seconds', async () => {
    pages = { '/drip': (_request, response) => void response.writeHead(200, { 'content-type': 'text/html' }).write('<p>') }
    const run = await importUrls({ urls: [`${base}/drip`] })
    expect(run.problems).toEqual([{ path: `${base}/drip`, message: 'it took longer than 10 seconds' }])
  })
})

describe('an import by addresses', () => {
  it.each([
    ['nothing', {}, /nothing to import/],
    ['an empty list', { urls: [] }, /nothing to import/],
    ['another host', { urls: ['https://elsewhere.example/'] }, /elsewhere\.example is not one of the hosts/],
    ['another port', { sitemap: 'http://127.0.0.1:1/' }, /127\.0\.0\.1:1 is not one of the hosts/],
    ['no address', { urls: ['javascript:alert(1)'] }, /is no address/],
    ['too many', { urls: Array.from({ length: 2_001 }, (_, index) => `https://elsewhere.example/${index}`) }, /at most 2000/],
  ])('is refused with %s', async (_what, input, message) => {
    expect(await start(input)).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringMatching(message) })
  })

  it('is for admins', async () => {
    for (const role of ['AGENT', 'CUSTOMER'] as const) {
      const { id } = await server.app.resources.database.customer.create({ data: {} })
      await expect(start({ urls: [base] }, await server.createKey(role, role === 'CUSTOMER' ? { customerId: id } : {}))).rejects.toThrow('FORBIDDEN')
    }
  })
})

describe('private addresses', () => {
  it('are refused, also behind a name, unless the operator allows them', async () => {
    pages = { '/p': page('Private', 'x') }
    const { config } = server.app.resources
    const closed = { ...config, IMPORT_PRIVATE_ADDRESSES: false }
    const { fetchArticle } = await import('../../src/services/knowledge/crawl/fetch-article.ts')
    const signal = new AbortController().signal
    const { port } = new URL(base)
    for (const host of ['127.0.0.1', 'localhost']) {
      await expect(fetchArticle({ config: closed }, `http://${host}:${port}/p`, { signal })).rejects.toThrow(`${host} is at a private address`)
      expect((await fetchArticle({ config }, `http://${host}:${port}/p`, { signal })).content.title).toBe('Private')
    }
    expect(requests).toHaveLength(2)
  })
})
