import { afterEach, describe, expect, test } from 'vitest'
import { workOnImports } from '../../src/jobs/import-articles.ts'
import { workOnIndex } from '../../src/jobs/index-articles.ts'
import type { Resources } from '../../src/resources.ts'
import { InvalidInputError, NotFoundError } from '../../src/services/errors.ts'
import { runImport } from '../../src/services/knowledge/run-import.ts'
import { type ArticleFile, startImport } from '../../src/services/knowledge/start-import.ts'
import { syncVectors } from '../../src/services/knowledge/sync-vectors.ts'
import { updateArticle } from '../../src/services/knowledge/update-article.ts'
import { searchKnowledge } from '../../src/services/retrieval/search-knowledge.ts'
import { cancelRun } from '../../src/services/runs/cancel-run.ts'
import { followRun } from '../../src/services/runs/follow-run.ts'
import { openKnowledge } from '../support/open-knowledge.ts'
import { createTestDatabase } from '../support/test-database.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function open({ works = true } = {}): Promise<Resources> {
  const database = await createTestDatabase()
  closers.push(database.remove)
  const { resources, close } = await openKnowledge({ environment: database.environment })
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

async function importAll(resources: Resources, given: ArticleFile[], rest: { deleteMissing?: boolean } = {}) {
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
    await updateArticle(resources, { articleId: id, title: 'A better title' }, { agentId: null })
    await importAll(resources, files(1))
    expect(await resources.database.article.findFirstOrThrow()).toMatchObject({ title: 'A better title', version: 2 })
  })

  test('reports bad files with their line and reads the others', async () => {
    const resources = await open()
    const { run, events } = await importAll(resources, [
      file('bad.md', 'Text', 'title: [open'),
      file('who.md', 'Text', 'title: T\naudience: everyone'),
      { path: 'page.html', content: '<p>Hi</p>' },
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
    expect(problems[2]).toBe('only Markdown (.md) can be imported so far')
    for (const problem of problems.slice(3, 7)) expect(problem).toMatch(/control characters|empty/)
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
    expect((await resources.database.article.findMany({ orderBy: { slug: 'asc' } })).map(({ slug }) => slug)).toEqual(['by-hand', 'file-0', 'file-1'])
    expect((await searchKnowledge(resources, { query: 'word2', limit: 3, mode: 'KEYWORD' })).hits).toEqual([])
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
    expect((await resources.vectors.articleVersions()).size).toBe(20)
    // A repeated job finds nothing to do.
    await runImport(resources, { runId: run.id, signal: new AbortController().signal, isLastTry: false })
    expect(await follow(resources, run.id)).toEqual(events)
  })

  test('ends as FAILED when the last try fails', async () => {
    const resources = await open({ works: false })
    const run = await startImport(resources, { files: files(2) })
    const vectors = new Proxy(resources.vectors, { get: () => () => Promise.reject(new Error('bug')) })
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
