import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { createLogger } from '../lib/logger.ts'
import { LanceIndex } from './lance-index.ts'
import { type IndexedChunk, VectorStoreUnavailableError } from './vectors.ts'

const logger = createLogger({ level: 'silent', isTerminal: false })
const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

async function openStore(uri = newFolder(), dimensions = 4): Promise<{ store: LanceIndex; uri: string }> {
  const store = new LanceIndex({ uri, tableName: 'chunks_1', dimensions, isShared: true, logger })
  await store.articleVersions().catch(() => {})
  open.push(() => store.close())
  return { store, uri }
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-vectors-'))
  open.push(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'vectors')
}

function chunk(id: string, content: string, vector: number[] | null, rest: Partial<IndexedChunk> = {}): IndexedChunk {
  const length = Math.hypot(...(vector ?? []))
  return {
    id,
    articleId: `article-of-${id}`,
    articleVersion: 1,
    kind: 'SECTION',
    content,
    category: 'Returns',
    audience: 'PUBLIC',
    locale: 'en',
    vector: vector && Float32Array.from(vector, (x) => x / length),
    fineVectors: null,
    ...rest,
  }
}

async function* batches(...items: IndexedChunk[][]) {
  yield* items
}

const many = Array.from({ length: 120 }, (_, index) =>
  chunk(`m${index}`, `Returns and refunds of order number${index} to our warehouse`, [1, index / 100, 0, 0]),
)

test('starts without an index and says that it needs to be built', async () => {
  const { store } = await openStore()
  expect(store.state().status).toBe('unavailable')
  await expect(store.keywordSearch('refund', { limit: 3 })).rejects.toMatchObject({ needsRebuild: true })
  await store.rebuild(batches())
  expect(store.state().status).toBe('ready')
  expect(await store.keywordSearch('refund', { limit: 3 })).toEqual([])
  expect(await store.vectorSearch(Float32Array.of(1, 0, 0, 0), { limit: 3 })).toEqual([])
})

test('finds new rows at once by word and by vector, best first', async () => {
  const { store } = await openStore()
  await store.rebuild(batches())
  await store.replaceArticles(
    many.map(({ articleId }) => articleId),
    many,
  )
  await store.replaceArticles(['fresh'], [chunk('f1', 'Zeppelin refunds take a week', [0, 0, 1, 0], { articleId: 'fresh' })])
  expect((await store.keywordSearch('number77 refund', { limit: 3 }))[0]).toMatchObject({ id: 'm77' })
  expect((await store.keywordSearch('ZEPPELINS', { limit: 3 })).map(({ id }) => id)).toEqual(['f1'])
  const [hit] = await store.vectorSearch(Float32Array.of(0, 0, 1, 0), { limit: 1 })
  expect(hit).toMatchObject({ id: 'f1', articleId: 'fresh' })
  expect(hit!.score).toBeCloseTo(1, 5)
})

test('replaces and removes the chunks of an article and leaves the others', async () => {
  const { store } = await openStore()
  await store.rebuild(batches(many.slice(0, 50), many.slice(50)))
  await store.replaceArticles(['article-of-m1'], [chunk('n1', 'unicorn', [0, 1, 0, 0], { articleId: 'article-of-m1', articleVersion: 2 })])
  expect((await store.articleVersions()).get('article-of-m1')).toEqual({ version: 2, chunks: 1 })
  await store.replaceArticles(['article-of-m2'], [])
  const versions = await store.articleVersions()
  expect(versions.size).toBe(119)
  expect(await store.keywordSearch('number1', { limit: 3 })).toEqual([])
  await store.optimize()
  expect((await store.keywordSearch('unicorn', { limit: 3 })).map(({ id }) => id)).toEqual(['n1'])
})

test('filters inside the search, and a filter value is never read as SQL', async () => {
  const { store } = await openStore()
  const odd = 'Ship\'ping\\ "x" OR 1=1 -- \n\u0001é'
  await store.rebuild(
    batches([...many, chunk('odd', 'refund of the odd one', [0, 0, 0, 1], { category: odd, audience: 'INTERNAL', locale: 'de-AT' })]),
  )
  const ids = async (filter: object) => [
    (await store.keywordSearch('refund', { limit: 2, filter })).map(({ id }) => id),
    (await store.vectorSearch(Float32Array.of(1, 0, 0, 0), { limit: 2, filter })).map(({ id }) => id),
  ]
  expect(await ids({ category: odd })).toEqual([['odd'], ['odd']])
  expect(await ids({ audience: 'INTERNAL', locale: 'de-AT' })).toEqual([['odd'], ['odd']])
  for (const category of ["' OR '1'='1", "x'; DROP TABLE chunks; --", "\\' OR 1=1 --", 'Ship']) expect(await ids({ category })).toEqual([[], []])
})

test('takes any characters as a query', async () => {
  const { store } = await openStore()
  await store.rebuild(batches(many))
  for (const query of ['title:refund AND (', '"open', '*', '?~^+-&&||!{}[]', '\u0000', '', '   ', '😀', 'x'.repeat(20_000), "refund's"]) {
    expect(Array.isArray(await store.keywordSearch(query, { limit: 3 }))).toBe(true)
  }
  expect(await store.keywordSearch('title:refund AND (', { limit: 3 })).toHaveLength(3)
})

test('keeps rows without a vector for the keyword search only', async () => {
  const { store } = await openStore()
  await store.rebuild(batches([chunk('a', 'first words', null), chunk('b', 'second words', [1, 0, 0, 0])]))
  expect((await store.keywordSearch('words', { limit: 5 })).map(({ id }) => id).sort()).toEqual(['a', 'b'])
  expect((await store.vectorSearch(Float32Array.of(0, 1, 0, 0), { limit: 5 })).map(({ id }) => id)).toEqual(['b'])
})

test('is still there after it was closed and opened', async () => {
  const { store, uri } = await openStore()
  await store.rebuild(batches(many))
  await store.close()
  const again = await openStore(uri)
  expect(again.store.state().status).toBe('ready')
  expect((await again.store.articleVersions()).size).toBe(120)
})

test('sees what another writer has written', async () => {
  const { store, uri } = await openStore()
  await store.rebuild(batches(many))
  const other = await openStore(uri)
  const write = (writer: LanceIndex, id: string) => writer.replaceArticles([id], [chunk(id, `word${id}`, [0, 1, 0, 0], { articleId: id })])
  await Promise.all([write(store, 'x1'), write(other.store, 'x2'), write(store, 'x3'), write(other.store, 'x4')])
  for (const reader of [store, other.store])
    for (const id of ['x1', 'x2', 'x3', 'x4'])
      await vi.waitFor(async () => expect((await reader.keywordSearch(`word${id}`, { limit: 1 }))[0]?.id).toBe(id), { timeout: 10_000 })
  expect((await store.articleVersions()).get('x2')).toEqual({ version: 1, chunks: 1 })
})

test('turns a folder that was deleted while it was open into an error that a rebuild ends', async () => {
  const { store, uri } = await openStore()
  await store.rebuild(batches(many))
  expect(await store.keywordSearch('refund', { limit: 3 })).toHaveLength(3)
  rmSync(uri, { recursive: true })
  // It answers from memory until it looks.
  await vi.waitFor(() => expect(store.keywordSearch('refund', { limit: 3 })).rejects.toThrow(VectorStoreUnavailableError), { timeout: 10_000 })
  await expect(store.vectorSearch(Float32Array.of(1, 0, 0, 0), { limit: 3 })).rejects.toThrow(VectorStoreUnavailableError)
  await expect(store.replaceArticles(['a'], [chunk('a', 'a', [1, 0, 0, 0])])).rejects.toMatchObject({ needsRebuild: true })
  expect(store.state().status).toBe('unavailable')
  await store.rebuild(batches(many))
  expect(await store.keywordSearch('refund', { limit: 3 })).toHaveLength(3)
})

test('moves a damaged index aside when it is rebuilt', async () => {
  const { store, uri } = await openStore()
  await store.rebuild(batches(many))
  await store.close()
  for (const folder of ['_versions', 'data', '_indices']) {
    for (const name of readdirSync(join(uri, 'chunks_1.lance', folder)))
      if (/\.(manifest|lance)$/.test(name)) writeFileSync(join(uri, 'chunks_1.lance', folder, name), 'not what it was')
  }
  const again = await openStore(uri)
  await expect(again.store.keywordSearch('refund', { limit: 3 })).rejects.toMatchObject({ needsRebuild: true })
  await again.store.rebuild(batches(many))
  expect(await again.store.keywordSearch('refund', { limit: 3 })).toHaveLength(3)
})

test('asks for a rebuild when the vectors have another length', async () => {
  const { store, uri } = await openStore()
  await store.rebuild(batches(many))
  const { store: other } = await openStore(uri, 8)
  await expect(other.articleVersions()).rejects.toMatchObject({ needsRebuild: true })
})

test('stays usable as an object in a place that cannot be used, and recovers', async () => {
  const parent = newFolder()
  writeFileSync(parent, 'a file where the folder should be')
  const { store } = await openStore(join(parent, 'vectors'))
  expect(store.state()).toMatchObject({ status: 'unavailable' })
  await expect(store.articleVersions()).rejects.toThrow(VectorStoreUnavailableError)
  await expect(store.rebuild(batches(many))).rejects.toThrow(VectorStoreUnavailableError)
  rmSync(parent)
  await store.rebuild(batches(many))
  expect(store.state().status).toBe('ready')
})

test('two writers at once lose nothing and are no damage', async () => {
  const { store, uri } = await openStore()
  await store.rebuild(batches(many))
  const other = await openStore(uri)
  const writes = Array.from({ length: 12 }, (_, index) =>
    other.store.replaceArticles([`w${index}`], [chunk(`w${index}`, 'written meanwhile', [0, 1, 0, 0], { articleId: `w${index}` })]),
  )
  await Promise.all([...writes, ...Array.from({ length: 8 }, () => store.optimize())])
  expect(store.state().status).toBe('ready')
  expect(other.store.state().status).toBe('ready')
  expect((await store.articleVersions()).size).toBe(132)
})

test('a reader never sees half of a rebuild', async () => {
  const { store, uri } = await openStore()
  await store.rebuild(batches(many))
  const other = await openStore(uri)
  const sizes = new Set<number>()
  let isDone = false
  const reading = (async () => {
    while (!isDone) sizes.add((await other.store.articleVersions().catch(() => null))?.size ?? 120)
  })()
  for (let round = 0; round < 3; round++) await store.rebuild(batches(many.slice(0, 60), many.slice(60)))
  isDone = true
  await reading
  expect([...sizes]).toEqual([120])
})
