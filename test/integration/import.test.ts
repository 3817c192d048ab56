import { graphql } from 'graphql'
import { afterEach, describe, expect, test } from 'vitest'
import { workOnImports } from '../../src/jobs/import-articles.ts'
import { workOnIndex } from '../../src/jobs/index-articles.ts'
import type { Resources } from '../../src/resources.ts'
import { encodeGlobalId } from '../../src/schema/global-ids.ts'
import { schema } from '../../src/schema/index.ts'
import { InvalidInputError, NotFoundError } from '../../src/services/errors.ts'
import { countOutcomes } from '../../src/services/knowledge/count-outcomes.ts'
import { createArticle } from '../../src/services/knowledge/create-article.ts'
import { runImport } from '../../src/services/knowledge/run-import.ts'
import { type ArticleFile, startImport } from '../../src/services/knowledge/start-import.ts'
import { syncVectors } from '../../src/services/knowledge/sync-vectors.ts'
import { updateArticle } from '../../src/services/knowledge/update-article.ts'
import { searchKnowledge } from '../../src/services/retrieval/search-knowledge.ts'
import { cancelRun } from '../../src/services/runs/cancel-run.ts'
import { followRun } from '../../src/services/runs/follow-run.ts'
import type { VectorIndex, VectorStore } from '../../src/stores/vectors.ts'
import { keptEmbedder } from '../support/kept-embedder.ts'
import { liveIndex, openKnowledge } from '../support/open-knowledge.ts'
import { createTestDatabase } from '../support/test-database.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function open({ works = true } = {}): Promise<Resources> {
  const database = await createTestDatabase()
  closers.push(database.remove)
  const { resources, close } = await openKnowledge({ environment: database.environment, embedder: keptEmbedder })
  closers.push(close)
  await syncVectors(resources)
  if (works) await Promise.all([workOnIndex(resources), workOnImports(resources)])
  return resources
}

const file = (path: string, body: string, matter = `title: About ${path}\ncategory: Shipping`): ArticleFile => ({
  path,
  content: `---\n${matter}\n---\n\n${body}\n`,
})
const files = (count: number) => Array.from({ length: count }, (_, index) => file(`a/file-${index}.md`, `The word${index} is here.`))

async function follow(resources: Resources, runId: string) {
  const events = []
  for await (const event of await followRun(resources, { runId, afterSeq: 0 })) events.push(event)
  return events
}

async function importAll(resources: Resources, given: ArticleFile[], rest: { deleteMissing?: boolean; confirmDeletions?: boolean } = {}) {
  const run = await startImport(resources, { files: given, ...rest })
  const events = await follow(resources, run.id)
  return {
    run: await resources.database.run.findUniqueOrThrow({ where: { id: run.id }, include: { importFiles: { orderBy: { position: 'asc' } } } }),
    events,
  }
}

describe('an import', () => {
  test('brings every file into the index and says what it does', async () => {
    const resources = await open()
    const { run, events } = await importAll(resources, [
      ...files(20),
      file('b/lockers.md', 'A zeppelin lands.', 'title: Lockers\ncategory: Pick-up\ntags: [a, b]\naudience: Internal\nlocale: en-us'),
    ])
    expect(run).toMatchObject({ status: 'COMPLETED', done: 21, total: 21, failureCode: null })
    expect(run.importFiles.every(({ outcome, content }) => outcome === 'created' && content === null)).toBe(true)
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
    expect(events.at(-1)!.type).toBe('RunCompleted')
    expect(events[20]!.data).toMatchObject({ step: 'import', done: 21, total: 21, message: 'b/lockers.md was created' })
    expect(events.slice(0, -1).every(({ data }) => typeof data.message === 'string' && data.message !== '')).toBe(true)
    const [hit] = (await searchKnowledge(resources, { query: 'zeppelin', limit: 1 })).hits
    expect(hit!.article).toMatchObject({
      slug: 'lockers',
      category: 'Pick-up',
      tags: ['a', 'b'],
      audience: 'INTERNAL',
      locale: 'en-US',
      sourcePath: 'b/lockers.md',
      indexState: 'INDEXED',
    })
    expect(await resources.database.article.count({ where: { indexState: 'INDEXED' } })).toBe(21)
  })

  test('repeated changes nothing, and takes up only what is new', async () => {
    const resources = await open()
    await importAll(resources, files(3))
    const before = await resources.database.article.findMany({ orderBy: { id: 'asc' }, include: { chunks: true } })
    const again = await importAll(resources, files(3))
    expect(again.run.importFiles.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged', 'unchanged'])
    expect(await resources.database.article.findMany({ orderBy: { id: 'asc' }, include: { chunks: true } })).toEqual(before)
    const changed = await importAll(resources, [...files(2), file('a/file-2.md', 'A quokka is here.'), file('a/file-3.md', 'New.')])
    expect(changed.run.importFiles.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged', 'updated', 'created'])
    expect((await searchKnowledge(resources, { query: 'quokka', limit: 1, mode: 'KEYWORD' })).hits[0]!.article).toMatchObject({
      sourcePath: 'a/file-2.md',
      version: 2,
    })
  })

  test('leaves what people changed alone while its file stays the same', async () => {
    const resources = await open()
    await importAll(resources, files(1))
    const { id } = await resources.database.article.findFirstOrThrow()
    await updateArticle(resources, { articleId: id, title: 'A better title' }, { by: null })
    await importAll(resources, files(1))
    expect(await resources.database.article.findFirstOrThrow()).toMatchObject({ title: 'A better title', version: 2 })
  })

  test('reports bad files with their line and reads the others', async () => {
    const resources = await open()
    const { run, events } = await importAll(resources, [
      file('bad.md', 'Text', 'title: [open'),
      file('who.md', 'Text', 'title: T\naudience: everyone'),
      { path: 'page.docx', content: 'PK' },
      { path: 'nul.md', content: 'a\u0000b' },
      { path: 'huge.md', content: 'x'.repeat(1_000_000) },
      { path: 'half.md', content: 'a\ud800' },
      { path: 'empty.md', content: '' },
      ...files(2),
    ])
    expect(run.status).toBe('COMPLETED')
    expect(run.importFiles.map(({ outcome }) => outcome)).toEqual([...Array.from({ length: 7 }, () => 'failed'), 'created', 'created'])
    const problems = run.importFiles.map(({ problem }) => problem)
    expect(problems[0]).toMatch(/^line \d: the front matter is not valid YAML/)
    expect(problems[1]).toMatch(/^line 3: audience must be/)
    expect(problems[2]).toBe('only Markdown (.md), HTML (.html) and CSV (.csv) can be imported')
    for (const [index, words] of [/^line 1: .*control characters/, /at most 500000/, /^line 1: .*control characters/, /empty/].entries())
      expect(problems[index + 3]).toMatch(words)
    expect(events[0]!.data.message).toMatch(/^bad\.md was left out: line/)
    expect(events.at(-2)!.data.message).toBe('9 files: 2 created, 7 left out')
  })

  test('deletes what it lacks only when it is told to, and only what an import brought', async () => {
    const resources = await open()
    await importAll(resources, files(3))
    await resources.database.article.create({ data: { title: 'By hand', slug: 'by-hand', body: 'x', category: 'x' } })
    await importAll(resources, files(2))
    expect(await resources.database.article.count()).toBe(4)
    const { run, events } = await importAll(resources, files(2), { deleteMissing: true })
    expect(run.status).toBe('COMPLETED')
    expect(events.find(({ data }) => data.step === 'delete')!.data.message).toBe('Deleted an article that this import lacks: a/file-2.md')
    expect(events.at(-2)!.data.message).toBe('2 files: 2 unchanged; 1 article deleted')
    expect(await countOutcomes(resources, { runId: run.id })).toEqual({ outcomes: { unchanged: 2 }, deleted: 1 })
    expect((await resources.database.article.findMany({ orderBy: { slug: 'asc' } })).map(({ slug }) => slug)).toEqual(['by-hand', 'file-0', 'file-1'])
    expect((await searchKnowledge(resources, { query: 'word2', limit: 3, mode: 'KEYWORD' })).hits).toEqual([])
  })

  test('deletes more than half of what earlier ones brought only when that is confirmed', async () => {
    const resources = await open()
    const count = () => resources.database.article.count()
    await importAll(resources, files(24))
    // Half is fine, and what it brings itself counts for nothing.
    expect((await importAll(resources, files(12), { deleteMissing: true })).events.at(-2)!.data.message).toBe(
      '12 files: 12 unchanged; 12 articles deleted',
    )
    await importAll(resources, files(21))
    const other = Array.from({ length: 30 }, (_, index) => file(`other/${index}.md`, `Text ${index}`))
    const { run, events } = await importAll(resources, other, { deleteMissing: true })
    const refusal =
      'deleteMissing would delete 21 of 21 articles that earlier imports of files brought; nothing was deleted. Check the folder, or repeat with confirmDeletions.'
    expect(run.status).toBe('COMPLETED')
    expect(events.at(-2)!.data.message).toBe(`30 files: 30 created. ${refusal}`)
    expect(events.filter(({ data }) => data.step === 'delete')).toEqual([])
    expect(await countOutcomes(resources, { runId: run.id })).toEqual({ outcomes: { created: 30 }, deleted: 0 })
    expect(await count()).toBe(51)
    const viewer = { callerId: 'key', name: 'key', role: 'ADMIN', agentId: null, customerId: null, partnerId: null, expiresAt: null } as const
    const { data } = await graphql({
      schema,
      source: `{ node(id: "${encodeGlobalId('ImportRun', run.id)}") { ... on ImportRun { counts { created leftOut deleted } problems { path message } } } }`,
      contextValue: { ...resources, viewer },
    })
    expect(data!.node).toEqual({ counts: { created: 30, leftOut: 0, deleted: 0 }, problems: [{ path: 'deleteMissing', message: refusal }] })

    const confirmed = await importAll(resources, files(1), { deleteMissing: true, confirmDeletions: true })
    expect(confirmed.events.at(-2)!.data.message).toBe('1 file: 1 unchanged; 50 articles deleted')
    expect(await count()).toBe(1)
  })

  test('deletes ten of ten without being asked twice', async () => {
    const resources = await open()
    await importAll(resources, files(11))
    await importAll(resources, files(1), { deleteMissing: true })
    expect(await resources.database.article.count()).toBe(1)
  })

  test('goes on after a crash without doing a file twice', async () => {
    const resources = await open({ works: false })
    const run = await startImport(resources, { files: files(20) })
    const crash = new AbortController()
    const stop = resources.wakeUps.listen(`run:${run.id}`, () => {
      void resources.database.importFile
        .count({ where: { runId: run.id, outcome: { not: null } } })
        .then((done) => done >= 5 && crash.abort(new Error('killed')))
    })
    await expect(runImport(resources, { runId: run.id, signal: crash.signal, isLastTry: false })).rejects.toThrow('killed')
    stop()
    expect(await resources.database.run.findUniqueOrThrow({ where: { id: run.id } })).toMatchObject({ status: 'RUNNING' })
    await runImport(resources, { runId: run.id, signal: new AbortController().signal, isLastTry: false })
    const events = await follow(resources, run.id)
    const steps = events.filter(({ data }) => data.step === 'import').map(({ data }) => data.done)
    expect(steps).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
    expect(events.at(-1)!.type).toBe('RunCompleted')
    expect(await resources.database.article.count({ where: { indexState: 'INDEXED' } })).toBe(20)
    expect((await (await liveIndex(resources)).articleVersions()).size).toBe(20)
    // A repeated job finds nothing to do.
    await runImport(resources, { runId: run.id, signal: new AbortController().signal, isLastTry: false })
    expect(await follow(resources, run.id)).toEqual(events)
  })

  test('ends as FAILED when the last try fails', async () => {
    const resources = await open({ works: false })
    const run = await startImport(resources, { files: files(2) })
    const brokenIndex = new Proxy({} as VectorIndex, { get: () => () => Promise.reject(new Error('bug')) })
    const vectors: VectorStore = { ...resources.vectors, index: () => brokenIndex }
    const broken = { ...resources, vectors }
    await expect(runImport(broken, { runId: run.id, signal: new AbortController().signal, isLastTry: false })).rejects.toThrow('bug')
    await runImport(broken, { runId: run.id, signal: new AbortController().signal, isLastTry: true })
    const events = await follow(resources, run.id)
    expect(events.at(-1)).toMatchObject({
      type: 'RunFailed',
      data: { code: 'INTERNAL_SERVER_ERROR', message: expect.stringContaining('start the import again') },
    })
    expect(await resources.database.run.findUniqueOrThrow({ where: { id: run.id } })).toMatchObject({
      status: 'FAILED',
      failureCode: 'INTERNAL_SERVER_ERROR',
    })
  })
})

describe('pages and tables', () => {
  const page =
    '<html lang="de"><title>Paketshop | Shop</title><nav>Menü</nav><main><h1>Paketshop</h1><p>Im <b>Zeppelin</b>.</main><script>alert(1)</script>'
  const table = (...rows: string[]) => ({ path: 'help/faq.csv', content: ['title,body,tags,slug', ...rows].join('\n') })

  test('become articles, each row one of its own', async () => {
    const resources = await open()
    const { run, events } = await importAll(resources, [
      { path: 'help/page.html', content: page },
      table('Returns,Send it back.,"a,b",', 'Shipping,Two days.,,how-we-ship', 'Broken,x,,Not A Slug'),
      file('last.md', 'Text'),
    ])
    expect(run).toMatchObject({ status: 'COMPLETED', done: 5, total: 5 })
    expect(events.filter(({ data }) => data.step === 'import').map(({ data }) => [data.done, data.total, data.message])).toEqual([
      [1, 5, 'help/page.html was created'],
      [2, 5, 'help/faq.csv#returns was created'],
      [3, 5, 'help/faq.csv#how-we-ship was created'],
      [4, 5, expect.stringMatching(/^help\/faq\.csv#row-3 was left out: line 4: slug must be/)],
      [5, 5, 'last.md was created'],
    ])
    const articles = await resources.database.article.findMany({ orderBy: { sourcePath: 'asc' } })
    expect(articles).toMatchObject([
      { slug: 'how-we-ship', title: 'Shipping' },
      { slug: 'returns', category: 'help', tags: ['a', 'b'], sourcePath: 'help/faq.csv#returns' },
      { slug: 'page', title: 'Paketshop', body: 'Im **Zeppelin**.', locale: 'de', category: 'help' },
      { slug: 'last' },
    ])
    const [hit] = (await searchKnowledge(resources, { query: 'zeppelin', limit: 1, mode: 'KEYWORD' })).hits
    expect(hit!.article.slug).toBe('page')
  })

  test('keep their articles when rows move, and lose only rows that are gone', async () => {
    const resources = await open()
    await importAll(resources, [table('A,a,,', 'B,b,,', 'C,c,,')])
    const before = await resources.database.article.findMany({ orderBy: { id: 'asc' } })
    const moved = await importAll(resources, [table('New,n,,', '', 'C,c,,', 'A,a,,', 'B,b,,')])
    expect(moved.run.importFiles.map(({ outcome }) => outcome)).toEqual(['created', 'unchanged', 'unchanged', 'unchanged'])
    expect(await resources.database.article.findMany({ where: { id: { in: before.map(({ id }) => id) } }, orderBy: { id: 'asc' } })).toEqual(before)
    // A file that cannot be read, and one with a row that has no name, keep what they brought.
    for (const broken of [{ path: 'help/faq.csv', content: 'nonsense' }, table('"A"x,a,,')]) {
      await importAll(resources, [broken], { deleteMissing: true })
      expect(await resources.database.article.count()).toBe(4)
    }
    await importAll(resources, [table('A,a,,', 'C,c2,,')], { deleteMissing: true })
    expect((await resources.database.article.findMany({ orderBy: { title: 'asc' } })).map(({ title, version }) => [title, version])).toEqual([
      ['A', 1],
      ['C', 2],
    ])
  })
})

describe('slugs', () => {
  const named = (path: string, slug: string, body = 'Text') => file(path, body, `title: ${path}\nslug: ${slug}`)
  const slugs = async ({ database }: Resources) =>
    Object.fromEntries((await database.article.findMany()).map(({ sourcePath, slug }) => [sourcePath, slug]))

  test('that two files would have are numbered, and stay', async () => {
    const resources = await open()
    const given = [file('a/same.md', 'One'), file('b/same.md', 'Two'), file('c/same.html', '<p>Three')]
    await importAll(resources, given)
    const expected = { 'a/same.md': 'same', 'b/same.md': 'same-2', 'c/same.html': 'same-3' }
    expect(await slugs(resources)).toEqual(expected)
    await importAll(
      resources,
      [...given.toReversed(), file('d/new.md', 'x')].map(({ path, content }) => ({ path, content: `${content} ` })),
    )
    expect(await slugs(resources)).toEqual({ ...expected, 'd/new.md': 'new' })
  })

  test('that two files ask for are a problem of the second, with its line, each time', async () => {
    const resources = await open()
    for (let time = 1; time <= 2; time++) {
      const { run } = await importAll(resources, [named('a.md', 'wanted'), named('b.md', 'wanted'), named('c.md', 'other')])
      expect(run.importFiles.map(({ problem }) => problem)).toEqual([null, 'line 3: the slug wanted is a.md’s already; choose another one', null])
    }
    const { run } = await importAll(resources, [named('c.md', 'wanted', 'Changed')])
    expect(run.importFiles[0]!.problem).toBe('line 3: the slug wanted belongs to another article; leave it out, or choose another one')
  })

  test('let a file move, and change when the file says so', async () => {
    const resources = await open()
    await importAll(resources, [named('old/a.md', 'kept')])
    const before = await resources.database.article.findFirstOrThrow()
    const { run } = await importAll(
      resources,
      [named('old/a.md', 'kept')].map(({ content }) => ({ path: 'new/b.md', content })),
      { deleteMissing: true },
    )
    expect(run.importFiles[0]!.outcome).toBe('unchanged')
    expect(await resources.database.article.findMany()).toEqual([{ ...before, sourcePath: 'new/b.md' }])
    await importAll(resources, [named('new/b.md', 'better')])
    expect(await resources.database.article.findMany()).toMatchObject([{ id: before.id, slug: 'better' }])
  })

  test('name an article that was written by hand', async () => {
    const resources = await open()
    const { id } = await createArticle(resources, { title: 'By hand', body: 'Old', category: 'x', slug: 'by-hand' }, { by: null })
    const { run } = await importAll(resources, [file('x.md', 'New', 'title: By hand\nslug: by-hand\nphrasings: [Who wrote it?]')])
    expect(run.importFiles[0]!.outcome).toBe('updated')
    expect(await resources.database.article.findMany({ include: { phrasings: true } })).toMatchObject([
      { id, body: 'New', version: 2, sourcePath: 'x.md', phrasings: [{ text: 'Who wrote it?' }] },
    ])
  })
})

describe('bad files', () => {
  const bad: [string, string, string, RegExp][] = [
    ['binary that is called Markdown', '1.md', String.fromCharCode(...Array.from({ length: 3000 }, (_, index) => index % 256)), /control characters/],
    ['front matter nested without end', '2.md', `---\ntitle: ${'['.repeat(40_000)}\n---\nx`, /^line 2: the front matter is not valid YAML/],
    ['5,000 tags', '3.md', `---\ntags: [${Array.from({ length: 5_000 }, (_, index) => `t${index}`)}]\n---\nx`, /^line 2: tags has 5000 entries/],
    [
      '1,000 phrasings',
      '4.md',
      `---\nphrasings: [${Array.from({ length: 1_000 }, (_, index) => `t${index}`)}]\n---\nx`,
      /^line 2: phrasings has more than 100/,
    ],
    ['5 MB', '5.md', 'x'.repeat(5_000_000), /at most 500000/],
    ['a long body', '6.md', 'x'.repeat(300_000), /body has 300000 characters/],
    ['elements nested without end', '7.html', `<p>a\n${'<div>'.repeat(90_000)}`, /^line 2: Elements are nested/],
    ['only images', '8.html', '<img src=a.png><img src=b.png>', /no text in it/],
    ['a name for rows', 'x.csv#a.md', 'Text', /kept for the rows/],
  ]

  test('are reported, each with what is wrong with it and where', async () => {
    const resources = await open()
    const { run, events } = await importAll(resources, [...bad.map(([, path, content]) => ({ path, content })), file('good.md', 'Good.')])
    const problems = run.importFiles.map(({ problem }) => problem)
    for (const [index, [what, , , words]] of bad.entries()) expect(problems[index], what).toMatch(words)
    expect(run.importFiles.at(-1)).toMatchObject({ outcome: 'created', problem: null })
    expect(events.at(-2)!.data.message).toBe(`${bad.length + 1} files: 1 created, ${bad.length} left out`)
  })

  test('count one as one', async () => {
    const resources = await open()
    expect((await importAll(resources, files(1))).events.at(-2)!.data.message).toBe('1 file: 1 created')
  })
})

test('files that come one by one are stored as they come, and none when one is refused', async () => {
  const resources = await open({ works: false })
  async function* some(last: ArticleFile) {
    yield* files(250)
    yield last
  }
  await expect(startImport(resources, { files: some(file('a/file-0.md', 'again')) })).rejects.toThrow(InvalidInputError)
  expect(await resources.database.run.count()).toBe(0)
  const run = await startImport(resources, { files: some(file('b.md', 'x')) })
  expect(run).toMatchObject({ total: 251, status: 'QUEUED' })
  expect(await resources.database.importFile.count({ where: { runId: run.id, content: { not: null } } })).toBe(251)
})

describe('cancelling', () => {
  test('ends a run that waits at once, as often as it is asked', async () => {
    const resources = await open({ works: false })
    const run = await startImport(resources, { files: files(2) })
    expect(await cancelRun(resources, { runId: run.id })).toMatchObject({ status: 'CANCELLED' })
    expect(await cancelRun(resources, { runId: run.id })).toMatchObject({ status: 'CANCELLED' })
    expect((await follow(resources, run.id)).map(({ type }) => type)).toEqual(['RunCancelled'])
    await runImport(resources, { runId: run.id, signal: new AbortController().signal, isLastTry: false })
    expect(await resources.database.article.count()).toBe(0)
    await expect(cancelRun(resources, { runId: 'nobody' })).rejects.toThrow(NotFoundError)
  })

  test('stops a run at its next file and keeps what was read', async () => {
    const resources = await open({ works: false })
    const run = await startImport(resources, { files: files(40) })
    let cancelled: Promise<unknown> | undefined
    const stop = resources.wakeUps.listen(`run:${run.id}`, () => {
      cancelled ??= cancelRun(resources, { runId: run.id })
    })
    await runImport(resources, { runId: run.id, signal: new AbortController().signal, isLastTry: false })
    stop()
    await cancelled
    expect(await resources.database.run.findUniqueOrThrow({ where: { id: run.id } })).toMatchObject({ status: 'CANCELLED' })
    const events = await follow(resources, run.id)
    expect(events.at(-1)!.type).toBe('RunCancelled')
    const stored = await resources.database.article.count()
    expect(stored).toBe(events.length - 1)
    expect(stored).toBeLessThan(40)
  })

  test('leaves a run that has ended as it ended', async () => {
    const resources = await open()
    const { run } = await importAll(resources, files(1))
    expect(await cancelRun(resources, { runId: run.id })).toMatchObject({ status: 'COMPLETED' })
  })
})

describe('files', () => {
  const nothing = {} as Resources
  test.each([
    ['none', [], /1 to 5000/],
    ['too many', Array.from({ length: 5_001 }, (_, index) => ({ path: `${index}.md`, content: 'x' })), /5001/],
    ['the same path twice', [file('a.md', 'x'), file('a.md', 'y')], /twice/],
    ['a way out', [file('../a.md', 'x')], /relative/],
    ['an absolute path', [file('/etc/a.md', 'x')], /relative/],
    ['a drive', [file('C:/a.md', 'x')], /relative/],
    ['a control character', [file('a\u0000.md', 'x')], /control/],
    ['no path', [file('', 'x')], /empty/],
  ] as [string, ArticleFile[], RegExp][])('are refused with %s', async (_name, given, message) => {
    await expect(startImport(nothing, { files: given })).rejects.toThrow(InvalidInputError)
    await expect(startImport(nothing, { files: given })).rejects.toThrow(message)
  })
})
