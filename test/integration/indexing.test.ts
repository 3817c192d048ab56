import { rmSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { type Embedder, EmbedderUnavailableError } from '../../src/engines/embedder.ts'
import { LocalEmbedder } from '../../src/engines/local-embedder.ts'
import { shippedModelsDir } from '../../src/engines/shipped-minilm.ts'
import { workOnIndex } from '../../src/jobs/index-articles.ts'
import type { Resources } from '../../src/resources.ts'
import { ConflictError, InvalidInputError, NotFoundError } from '../../src/services/errors.ts'
import { createArticle } from '../../src/services/knowledge/create-article.ts'
import { deleteArticle } from '../../src/services/knowledge/delete-article.ts'
import { indexArticles } from '../../src/services/knowledge/index-articles.ts'
import type { NewArticle } from '../../src/services/knowledge/new-article.ts'
import { queueUnindexed } from '../../src/services/knowledge/queue-unindexed.ts'
import { syncVectors } from '../../src/services/knowledge/sync-vectors.ts'
import { updateArticle } from '../../src/services/knowledge/update-article.ts'
import { searchKnowledge } from '../../src/services/retrieval/search-knowledge.ts'
import { keptEmbedder } from '../support/kept-embedder.ts'
import { liveIndex, openKnowledge } from '../support/open-knowledge.ts'
import { createTestDatabase } from '../support/test-database.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function open({
  embedder = keptEmbedder,
  works = true,
}: {
  embedder?: Embedder | null
  works?: boolean
} = {}): Promise<{ resources: Resources; vectorFolder: string }> {
  const database = await createTestDatabase()
  closers.push(database.remove)
  const knowledge = await openKnowledge({ environment: database.environment, embedder })
  closers.push(knowledge.close)
  // The model loads with the first text, which on a busy machine takes longer than a mutation waits.
  if (embedder === keptEmbedder) await knowledge.resources.embedder?.embed(['warm'])
  await syncVectors(knowledge.resources)
  if (works) await workOnIndex(knowledge.resources)
  return knowledge
}

const agent = { by: null }
const article = (rest: Partial<NewArticle> = {}): NewArticle => ({
  title: 'Parcel lockers',
  category: 'Shipping',
  body: 'You can have your parcel sent to a locker.\n\n## Opening hours\n\nThe lockers in the zeppelin hangar are open day and night, and your code is valid for 4 days after the parcel has arrived there.',
  ...rest,
})
const find = async (resources: Resources, query: string, rest: object = {}) =>
  (await searchKnowledge(resources, { query, limit: 5, ...rest })).hits.map(({ article: { slug } }) => slug)

/** A real embedder that counts what it is asked, and can be away. */
function countingEmbedder(): Embedder & { texts: number; isAway: boolean } {
  const embedder = new LocalEmbedder({ modelsDir: shippedModelsDir })
  return {
    model: embedder.model,
    dimensions: embedder.dimensions,
    texts: 0,
    isAway: false,
    async embed(texts, options) {
      if (this.isAway) throw new EmbedderUnavailableError('The model is away.')
      this.texts += texts.length
      return embedder.embed(texts, options)
    },
    state: () => embedder.state(),
    close: () => embedder.close(),
  }
}

describe('an article', () => {
  test('is searchable when createArticle returns', async () => {
    const { resources } = await open()
    const created = await createArticle(resources, article(), agent)
    expect(created).toMatchObject({ slug: 'parcel-lockers', version: 1, indexState: 'INDEXED', indexedVersion: 1 })
    expect(await find(resources, 'when can i pick it up from the zeppelin')).toEqual(['parcel-lockers'])
    expect(await find(resources, 'zeppelin', { mode: 'KEYWORD' })).toEqual(['parcel-lockers'])
    expect(await find(resources, 'pick-up box hours', { mode: 'VECTOR' })).toEqual(['parcel-lockers'])
    const versions = await resources.database.articleVersion.findMany({ where: { articleId: created.id } })
    expect(versions).toMatchObject([{ version: 1, title: 'Parcel lockers' }])
  })

  test('is found by its new words, and no more by the old ones, when updateArticle returns', async () => {
    const { resources } = await open()
    const { id } = await createArticle(resources, article(), agent)
    const changed = await updateArticle(resources, { articleId: id, body: 'Lockers stand beside the quokka enclosure.', expectedVersion: 1 }, agent)
    expect(changed).toMatchObject({ version: 2, indexState: 'INDEXED', indexedVersion: 2, slug: 'parcel-lockers' })
    expect(await find(resources, 'quokka', { mode: 'KEYWORD' })).toEqual(['parcel-lockers'])
    expect(await find(resources, 'zeppelin', { mode: 'KEYWORD' })).toEqual([])
    expect(await resources.database.articleVersion.count({ where: { articleId: id } })).toBe(2)
  })

  test('moves with its category and audience, and leaves the index when it is archived', async () => {
    const { resources } = await open()
    const { id } = await createArticle(resources, article(), agent)
    await updateArticle(resources, { articleId: id, category: 'Pick-up', audience: 'INTERNAL' }, agent)
    expect(await find(resources, 'zeppelin', { category: 'Shipping' })).toEqual([])
    expect(await find(resources, 'zeppelin', { audience: 'PUBLIC' })).toEqual([])
    expect(await find(resources, 'zeppelin', { category: 'Pick-up', audience: 'INTERNAL' })).toEqual(['parcel-lockers'])
    const archived = await updateArticle(resources, { articleId: id, status: 'ARCHIVED' }, agent)
    expect(archived.indexState).toBe('INDEXED')
    expect(await find(resources, 'zeppelin')).toEqual([])
    expect((await (await liveIndex(resources)).articleVersions()).size).toBe(0)
  })

  test('is gone for every search when deleteArticle returns', async () => {
    const { resources } = await open({ works: false })
    await resources.queue.work('index-articles', { concurrency: 1 }, async () => {})
    const { id } = await createArticle(resources, article(), agent)
    await indexArticles(resources, { articleIds: [id] })
    expect(await find(resources, 'zeppelin')).toEqual(['parcel-lockers'])
    // The index has not heard of it yet: no worker runs.
    await deleteArticle(resources, { articleId: id })
    expect((await (await liveIndex(resources)).articleVersions()).size).toBe(1)
    expect(await find(resources, 'zeppelin')).toEqual([])
    await indexArticles(resources, { articleIds: [id] })
    expect((await (await liveIndex(resources)).articleVersions()).size).toBe(0)
    await expect(deleteArticle(resources, { articleId: id })).rejects.toThrow(NotFoundError)
  })

  test('is refused when it was changed in between', async () => {
    const { resources } = await open()
    const { id } = await createArticle(resources, article(), agent)
    await updateArticle(resources, { articleId: id, title: 'Lockers' }, agent)
    await expect(updateArticle(resources, { articleId: id, title: 'Boxes', expectedVersion: 1 }, agent)).rejects.toThrow(ConflictError)
    await expect(updateArticle(resources, { articleId: 'nobody', title: 'Boxes' }, agent)).rejects.toThrow(NotFoundError)
    const same = await updateArticle(resources, { articleId: id, title: 'Lockers' }, agent)
    expect(same.version).toBe(2)
  })

  test('gets a slug of its own, however many have the same title', async () => {
    const { resources } = await open()
    const created = await Promise.all([1, 2, 3].map(() => createArticle(resources, article(), agent)))
    expect(created.map(({ slug }) => slug).sort()).toEqual(['parcel-lockers', 'parcel-lockers-2', 'parcel-lockers-3'])
    expect((await createArticle(resources, article({ slug: 'given' }), agent)).slug).toBe('given')
  })

  test.each([
    ['an empty title', { title: ' ' }, /^title is empty/],
    ['a body of 1 MB', { body: 'x'.repeat(1_000_000) }, /^body has 1000000 characters/],
    ['a control character', { body: 'a\u0000b' }, /^body contains control characters/],
    ['half a character', { title: 'a\ud800' }, /^title contains half/],
    ['51 tags', { tags: Array.from({ length: 51 }, (_, index) => `t${index}`) }, /^tags has 51/],
    ['a long tag', { tags: ['x'.repeat(101)] }, /^tags has 101/],
    ['an unlikely locale', { locale: "en'; --" }, /^locale is no language tag/],
    ['a slug with a path', { slug: '../x' }, /^slug must be/],
  ])('is refused with %s', async (_name, rest, message) => {
    const nothing = {} as Resources
    await expect(createArticle(nothing, article(rest), agent)).rejects.toThrow(InvalidInputError)
    await expect(createArticle(nothing, article(rest), agent)).rejects.toThrow(message)
  })
})

describe('the index', () => {
  test('does the same once when a job is repeated, and keeps a newer version', async () => {
    const embedder = countingEmbedder()
    const { resources } = await open({ embedder })
    const { id } = await createArticle(resources, article(), agent)
    await expect.poll(async () => (await resources.database.article.findUniqueOrThrow({ where: { id } })).indexState).toBe('INDEXED')
    const before = await resources.database.chunk.findMany({ where: { articleId: id }, orderBy: { index: 'asc' } })
    const texts = embedder.texts
    await Promise.all([indexArticles(resources, { articleIds: [id] }), indexArticles(resources, { articleIds: [id] })])
    expect(await resources.database.chunk.findMany({ where: { articleId: id }, orderBy: { index: 'asc' } })).toEqual(before)
    expect(embedder.texts).toBe(texts)
    expect((await (await liveIndex(resources)).articleVersions()).get(id)).toEqual({ version: 1, chunks: before.length })
  })

  test('embeds only what changed', async () => {
    const embedder = countingEmbedder()
    // A model that is still loading outlasts createArticle's patience.
    await embedder.embed(['warm'])
    embedder.texts = 0
    const { resources } = await open({ embedder })
    const paragraph = (word: string) => Array.from({ length: 10 }, (_, index) => `The ${word} number ${index} goes to the warehouse.`).join(' ')
    const { id } = await createArticle(resources, article({ body: `## One\n\n${paragraph('tent')}\n\n## Two\n\n${paragraph('boot')}` }), agent)
    // Two sections, twenty sentences, and the article as a whole.
    expect(embedder.texts).toBe(23)
    await updateArticle(resources, { articleId: id, body: `## One\n\n${paragraph('tent')}\n\n## Two\n\n${paragraph('jacket')}` }, agent)
    expect(embedder.texts).toBe(23 + 12)
    await updateArticle(resources, { articleId: id, category: 'Other' }, agent)
    expect(embedder.texts).toBe(23 + 12)
  })

  test('is rebuilt from stored vectors when its folder is lost, without embedding', async () => {
    const embedder = countingEmbedder()
    const { resources, vectorFolder } = await open({ embedder })
    await createArticle(resources, article(), agent)
    await createArticle(resources, article({ title: 'Refunds', body: 'Money comes back within 5 days.' }), agent)
    const texts = embedder.texts
    rmSync(vectorFolder, { recursive: true })
    const degraded = await searchKnowledge(resources, { query: 'zeppelin', limit: 3, mode: 'KEYWORD' })
    expect(degraded).toMatchObject({ degraded: true, degradedParts: ['VECTOR_STORE'], mode: 'KEYWORD' })
    expect(degraded.hits[0]?.article.slug).toBe('parcel-lockers')
    expect(await syncVectors(resources)).toEqual({ rebuilt: true, repaired: 2 })
    expect(embedder.texts).toBe(texts)
    expect(await searchKnowledge(resources, { query: 'zeppelin', limit: 3 })).toMatchObject({ degraded: false, mode: 'HYBRID' })
    expect(await syncVectors(resources)).toEqual({ rebuilt: false, repaired: 0 })
  })

  test('heals when an article is written while it is lost', async () => {
    const { resources, vectorFolder } = await open()
    await createArticle(resources, article(), agent)
    rmSync(vectorFolder, { recursive: true })
    const created = await createArticle(resources, article({ title: 'Refunds', body: 'Money comes back within 5 days.' }), agent)
    expect(created.indexState).toBe('INDEXED')
    expect(await find(resources, 'zeppelin')).toContain('parcel-lockers')
    expect(await find(resources, 'money back')).toContain('refunds')
  })

  test('is repaired where single articles differ', async () => {
    const { resources } = await open()
    const { id } = await createArticle(resources, article(), agent)
    await createArticle(resources, article({ title: 'Refunds' }), agent)
    await (await liveIndex(resources)).replaceArticles([id], [])
    await (await liveIndex(resources)).replaceArticles(
      ['ghost'],
      [
        {
          id: 'ghost-0',
          articleId: 'ghost',
          articleVersion: 1,
          content: 'boo',
          category: 'x',
          audience: 'PUBLIC',
          locale: 'en',
          kind: 'SECTION' as const,
          fineVectors: null,
          vector: null,
        },
      ],
    )
    expect(await syncVectors(resources)).toEqual({ rebuilt: false, repaired: 2 })
    expect([...(await (await liveIndex(resources)).articleVersions()).keys()]).toHaveLength(2)
  })

  test('is found by keyword while the embedder is away, and becomes whole when it is back', async () => {
    const embedder = countingEmbedder()
    const { resources } = await open({ embedder, works: false })
    embedder.isAway = true
    const pending = await createArticle(resources, article(), agent)
    expect(pending.indexState).toBe('PENDING')
    await expect(indexArticles(resources, { articleIds: [pending.id] })).rejects.toThrow(EmbedderUnavailableError)
    const degraded = await searchKnowledge(resources, { query: 'zeppelin', limit: 3 })
    expect(degraded).toMatchObject({ mode: 'KEYWORD', degraded: true, degradedParts: ['EMBEDDER'] })
    expect(degraded.hits[0]).toMatchObject({ similarity: null, article: { slug: 'parcel-lockers' } })
    expect(degraded.hits[0]!.keywordScore).toBeGreaterThan(0)
    embedder.isAway = false
    expect(await queueUnindexed(resources, { all: true })).toBe(1)
    await indexArticles(resources, { articleIds: [pending.id] })
    expect(await resources.database.article.findUniqueOrThrow({ where: { id: pending.id } })).toMatchObject({ indexState: 'INDEXED' })
    expect(await searchKnowledge(resources, { query: 'zeppelin', limit: 3 })).toMatchObject({ mode: 'HYBRID', degraded: false })
    expect(await queueUnindexed(resources, { all: true })).toBe(0)
  })

  test('says which article it cannot take, and takes the others', async () => {
    const { resources } = await open({ works: false })
    const [bad, good] = await Promise.all([
      createArticle(resources, article({ title: 'Bad' }), agent),
      createArticle(resources, article({ title: 'Good' }), agent),
    ])
    const countTokens = (text: string) => {
      if (text.includes('Bad')) throw new Error('bug')
      return resources.countTokens(text)
    }
    await indexArticles({ ...resources, countTokens }, { articleIds: [bad!.id, good!.id] })
    expect(await resources.database.article.findUniqueOrThrow({ where: { id: bad!.id } })).toMatchObject({
      indexState: 'FAILED',
      indexError: expect.stringContaining('chunks'),
    })
    expect(await resources.database.article.findUniqueOrThrow({ where: { id: good!.id } })).toMatchObject({ indexState: 'INDEXED', indexError: null })
  })

  test('works by keyword without an embedder', async () => {
    const { resources } = await open({ embedder: null })
    const created = await createArticle(resources, article(), agent)
    expect(created.indexState).toBe('INDEXED')
    expect(await searchKnowledge(resources, { query: 'Zeppelins?', limit: 3 })).toMatchObject({
      mode: 'KEYWORD',
      degraded: true,
      degradedParts: ['EMBEDDER'],
      hits: [{ article: { slug: 'parcel-lockers' } }],
    })
    expect(await searchKnowledge(resources, { query: 'Zeppelins?', limit: 3, mode: 'KEYWORD' })).toMatchObject({ degraded: false })
  })
})
