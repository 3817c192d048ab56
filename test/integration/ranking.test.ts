import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { workOnIndex } from '../../src/jobs/index-articles.ts'
import type { Resources } from '../../src/resources.ts'
import { addArticlePhrasings, removeArticlePhrasings } from '../../src/services/knowledge/change-phrasings.ts'
import { createArticle } from '../../src/services/knowledge/create-article.ts'
import { indexArticles } from '../../src/services/knowledge/index-articles.ts'
import { prepareGeneration } from '../../src/services/knowledge/prepare-generation.ts'
import { syncVectors } from '../../src/services/knowledge/sync-vectors.ts'
import { searchKnowledge } from '../../src/services/retrieval/search-knowledge.ts'
import { openKnowledge } from '../support/open-knowledge.ts'
import { createTestDatabase } from '../support/test-database.ts'
import { writeTinyReranker } from '../support/tiny-models.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function open(environment: Record<string, string> = {}): Promise<Resources> {
  const database = await createTestDatabase()
  closers.push(database.remove)
  const { resources, close } = await openKnowledge({ environment: { ...database.environment, ...environment } })
  closers.push(close)
  await resources.embedder!.embed(['warm'])
  await prepareGeneration(resources)
  await syncVectors(resources)
  await workOnIndex(resources)
  return resources
}

const add = (resources: Resources, title: string, body: string) => createArticle(resources, { title, body, category: 'General' }, { by: null })
const titles = async (resources: Resources, query: string) =>
  (await searchKnowledge(resources, { query, limit: 3 })).hits.map(({ article }) => article.title)

describe('phrasings', () => {
  test('find an article that says it in other words, and go when they are removed', async () => {
    const resources = await open()
    const { id } = await add(resources, 'Reimbursement', 'Monies are remitted within five business days.')
    await add(resources, 'Wild animals', 'A wombat digs at night.')
    const query = 'my dosh aint back yet m8'
    const plain = await searchKnowledge(resources, { query, limit: 3 })
    await addArticlePhrasings(resources, { articleId: id, phrasings: ['when is my dosh back, mate'] })
    await indexArticles(resources, { articleIds: [id] })
    const { hits } = await searchKnowledge(resources, { query, limit: 3 })
    expect(hits[0]).toMatchObject({ articleId: id, phrasing: 'when is my dosh back, mate', chunk: { kind: 'SECTION', index: 0 } })
    expect(hits[0]!.score).toBeGreaterThan(plain.hits.find(({ articleId }) => articleId === id)!.score)
    expect((await searchKnowledge(resources, { query: 'dosh', limit: 3, mode: 'KEYWORD' })).hits[0]?.articleId).toBe(id)
    await removeArticlePhrasings(resources, { articleId: id, phrasings: ['when is my dosh back, mate'] })
    await indexArticles(resources, { articleIds: [id] })
    expect((await searchKnowledge(resources, { query: 'dosh', limit: 3, mode: 'KEYWORD' })).hits).toEqual([])
  })
})

describe('a cross-encoder', () => {
  const openWithReranker = async () => {
    const folder = mkdtempSync(join(tmpdir(), 'understudy-ranking-'))
    closers.push(() => rmSync(folder, { recursive: true, force: true }))
    cpSync(join(import.meta.dirname, '../../models/Xenova'), join(folder, 'Xenova'), { recursive: true })
    writeTinyReranker(folder, 'tiny/reranker', { words: ['wombat', 'zeppelin'] })
    const resources = await open({ MODELS_DIR: folder, RERANKER_MODEL: 'tiny/reranker' })
    await add(resources, 'Refunds', 'Refunds take five days.')
    await add(resources, 'Zeppelin refunds', 'The zeppelin zeppelin zeppelin hangar gives a refund.')
    return { resources, folder }
  }

  test('sorts the best candidates, and shows its score', async () => {
    const { resources } = await openWithReranker()
    const { hits, degraded } = await searchKnowledge(resources, { query: 'refund zeppelin zeppelin', limit: 3 })
    expect(degraded).toBe(false)
    expect(hits[0]!.article.title).toBe('Zeppelin refunds')
    expect(hits[0]!.rerankScore).toBeGreaterThan(hits[1]!.rerankScore!)
    for (const { rerankScore } of hits) expect(rerankScore).toBeLessThanOrEqual(1)
  })

  test('that is away leaves the order of the search, and says so', async () => {
    const { resources, folder } = await openWithReranker()
    rmSync(join(folder, 'tiny'), { recursive: true })
    const found = await searchKnowledge(resources, { query: 'refund', limit: 3 })
    expect(found).toMatchObject({ mode: 'HYBRID', degraded: true, degradedParts: ['RERANKER'] })
    expect(found.hits.map(({ rerankScore }) => rerankScore)).toEqual([null, null])
    expect(await titles(resources, 'refund')).toHaveLength(2)
  })
})
