import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadHelpCenter } from '../../eval/help-center.ts'
import type { Embedder } from '../../src/engines/embedder.ts'
import type { Resources } from '../../src/resources.ts'
import { InvalidInputError } from '../../src/services/errors.ts'
import { gatherEvidence } from '../../src/services/retrieval/gather-evidence.ts'
import { retrieve } from '../../src/services/retrieval/retrieve.ts'
import { searchKnowledge } from '../../src/services/retrieval/search-knowledge.ts'
import { type VectorIndex, type VectorStore, VectorStoreUnavailableError } from '../../src/stores/vectors.ts'
import { keptEmbedder } from '../support/kept-embedder.ts'
import { type Knowledge, openKnowledge } from '../support/open-knowledge.ts'
import { createTestDatabase } from '../support/test-database.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let knowledge: Knowledge
let resources: Resources
beforeAll(async () => {
  database = await createTestDatabase()
  knowledge = await openKnowledge({ environment: database.environment, embedder: keptEmbedder })
  resources = knowledge.resources
  await loadHelpCenter(resources)
})
afterAll(async () => {
  await knowledge.close()
  await database.remove()
})

const slugs = (hits: { article: { slug: string } }[]) => hits.map(({ article }) => article.slug)
const search = (query: string, rest: object = {}) => searchKnowledge(resources, { query, limit: 3, ...rest })
const awayIndex = new Proxy({} as VectorIndex, { get: () => () => Promise.reject(new VectorStoreUnavailableError('away')) })
const away: VectorStore = { index: () => awayIndex, keepOnly: async () => {}, close: async () => {} }

describe('a search', () => {
  test('finds by words and by meaning, one hit an article', async () => {
    const { hits, mode, degraded } = await search('how do i get my money back')
    expect({ mode, degraded }).toEqual({ mode: 'HYBRID', degraded: false })
    expect(slugs(hits).some((slug) => /refund|return/.test(slug))).toBe(true)
    expect(new Set(slugs(hits)).size).toBe(3)
    for (const { score, similarity, rerankScore, chunk, article, chunks } of hits) {
      expect(score).toBeGreaterThan(0)
      expect(score).toBeLessThanOrEqual(1)
      expect(similarity).toBeGreaterThan(0)
      expect(rerankScore).toBeNull()
      expect(chunk.heading.startsWith(article.title)).toBe(true)
      expect(chunks[0]!.id).toBe(chunk.id)
    }
  })

  test.each(['wheres my pakage???', 'PASWORD RESETT', 'do u ship 2 canada'])('takes %j as it is typed', async (query) => {
    expect((await search(query)).hits).toHaveLength(3)
  })

  test('does not see characters that nobody sees', async () => {
    const [plain, hidden] = [await search('refund policy'), await search('re\u200bfund pol\u{e0041}icy')]
    expect(hidden.queries).toEqual(['refund policy'])
    expect(hidden.hits.map(({ keywordScore }) => keywordScore)).toEqual(plain.hits.map(({ keywordScore }) => keywordScore))
  })

  test.each(['"', "'", '\\', '%', '&|!()<->:*', '-', '😀', '?', '…!!'])('finds nothing for %j, which says nothing', async (query) => {
    for (const mode of ['HYBRID', 'KEYWORD', 'VECTOR'] as const)
      expect(await search(query, { mode })).toMatchObject({ mode, hits: [], degraded: false })
  })

  test.each(['the', 'a "b" OR c:d*', '返品したい', 'возврат', "x' & !y"])('answers %j without an error', async (query) => {
    for (const mode of ['HYBRID', 'KEYWORD', 'VECTOR'] as const) expect((await search(query, { mode })).mode).toBe(mode)
    expect((await searchKnowledge({ ...resources, vectors: away }, { query, limit: 3 })).degradedParts).toEqual(['VECTOR_STORE'])
  })

  test('understands typing errors, and says how', async () => {
    const found = await search('wheres my refnd, the traking says nothing')
    expect(found.queries).toEqual(['wheres my refnd, the traking says nothing', expect.stringMatching(/refund, the tracking says/)])
    expect(slugs((await search('frogot pasword', { mode: 'KEYWORD' })).hits)[0]).toBe('reset-your-password')
    expect((await search('How do I reset my password?')).queries).toEqual(['How do I reset my password?'])
    // What only staff articles say is mended for staff alone.
    resources.spelling.learn('Ask Zuberbuehler.', { isPublic: false })
    expect((await search('zuberbuehlr')).queries).toEqual(['zuberbuehlr', 'zuberbuehler'])
    expect((await search('zuberbuehlr', { audience: 'PUBLIC' })).queries).toEqual(['zuberbuehlr'])
  })

  test('explains every score', async () => {
    const [hit] = (await search('How long do I have to return something?')).hits
    expect(hit).toMatchObject({ rerankScore: null, phrasing: null })
    for (const value of [hit!.score, hit!.similarity, hit!.sentenceSimilarity, hit!.articleSimilarity]) {
      expect(value).toBeGreaterThan(0)
      expect(value).toBeLessThanOrEqual(1)
    }
    expect(hit!.keywordScore).toBeGreaterThan(0)
    expect((await search('How long do I have to return something?', { mode: 'VECTOR' })).hits[0]!.keywordScore).toBeNull()
    expect((await search('How long do I have to return something?', { mode: 'KEYWORD' })).hits[0]!.similarity).toBeNull()
  })

  test('filters by category, audience and locale', async () => {
    const { hits } = await search('refund limits for staff approval', { category: 'Payments', audience: 'PUBLIC', locale: 'en', limit: 20 })
    expect(hits.length).toBeGreaterThan(3)
    for (const { article } of hits) expect(article).toMatchObject({ category: 'Payments', audience: 'PUBLIC' })
    expect(slugs((await search('refund limits for staff approval', { audience: 'INTERNAL' })).hits)).toContain('refund-approval-limits-staff')
    expect((await search('refund', { locale: 'de' })).hits).toEqual([])
    expect(slugs((await search('refund', { category: 'pAYMENTS' })).hits)).toEqual(slugs((await search('refund', { category: 'Payments' })).hits))
  })

  test.each(["x' OR '1'='1", "Returns'; DELETE FROM chunks; --", '\\', '"', "''"])('reads the category %j as text', async (category) => {
    for (const vectors of [resources.vectors, away])
      expect((await searchKnowledge({ ...resources, vectors }, { query: 'refund', limit: 3, category })).hits).toEqual([])
    expect((await search('refund', { category: 'Returns' })).hits).toHaveLength(3)
  })

  test.each(['', '   ', 'x'.repeat(2_001), 'a\u0000b', 'a\u0007b', '\ud800'])('refuses the query %j', async (query) => {
    await expect(search(query)).rejects.toThrow(InvalidInputError)
    await expect(search('refund', { category: `x${'\u0000'}` })).rejects.toThrow(InvalidInputError)
  })

  test('asks PostgreSQL when the vector store is away', async () => {
    const found = await searchKnowledge({ ...resources, vectors: away }, { query: 'How much is the shipping to Alaska?', limit: 3 })
    expect(found).toMatchObject({ mode: 'KEYWORD', degraded: true, degradedParts: ['VECTOR_STORE'] })
    expect(slugs(found.hits)).toContain('shipping-costs')
    const filtered = await searchKnowledge({ ...resources, vectors: away }, { query: 'refund', limit: 50, audience: 'INTERNAL' })
    expect(new Set(filtered.hits.map(({ article }) => article.audience))).toEqual(new Set(['INTERNAL']))
  })

  test('does not wait long for an embedder that hangs', async () => {
    const hangs = {
      ...stateOf(resources.embedder!),
      embed: (_texts: string[], { signal }: { signal?: AbortSignal } = {}) =>
        new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error))),
    } as unknown as Embedder
    const startedAt = performance.now()
    const found = await searchKnowledge({ ...resources, embedder: hangs }, { query: 'shipping', limit: 3 })
    expect(found).toMatchObject({ mode: 'KEYWORD', degradedParts: ['EMBEDDER'] })
    expect(performance.now() - startedAt).toBeLessThan(3_000)
  })

  test('ends when its caller does', async () => {
    await expect(retrieve(resources, { queries: ['never asked before'], limit: 3, signal: AbortSignal.abort(new Error('gone')) })).rejects.toThrow(
      'gone',
    )
  })

  test('fuses several queries and keeps the original in', async () => {
    const { hits } = await retrieve(resources, { queries: ['How do I reset my password?', 'Which payment methods do you take?'], limit: 6 })
    expect(slugs(hits)).toEqual(expect.arrayContaining(['reset-your-password', 'payment-methods']))
    expect(slugs((await retrieve(resources, { queries: ['How do I reset my password?'], limit: 1, fusion: 'RANKS' })).hits)).toEqual([
      'reset-your-password',
    ])
  })

  test('reads rows once, whatever it finds', async () => {
    const counted = { reads: 0 }
    const client = resources.database.$extends({
      query: {
        $allOperations({ args, query }) {
          counted.reads += 1
          return query(args)
        },
      },
    }) as unknown as Resources['database']
    await searchKnowledge({ ...resources, database: client }, { query: 'refund', limit: 20 })
    expect(counted.reads).toBe(1)
  })
})

describe('evidence', () => {
  const gather = (question: string, history: { author: 'customer' | 'agent'; text: string }[] = []) =>
    gatherEvidence(resources, { question, history })

  test('is enough for what an article answers', async () => {
    const evidence = await gather('How do I reset my password?')
    expect(evidence).toMatchObject({ sufficient: true, widened: false, degraded: false, queries: ['How do I reset my password?'] })
    expect(evidence.sources[0]).toMatchObject({ number: 1, internal: false, articleVersion: 1 })
    expect(evidence.sources[0]!.text).toContain(evidence.sources[0]!.quote)
    expect(evidence.sources.map(({ score }) => score)).toEqual(evidence.sources.map(({ score }) => score).toSorted((a, b) => b - a))
  })

  test.each(['What is the capital of Mongolia?', 'Who won the World Cup in 2014?'])(
    'is not enough for %j, after a wider search',
    async (question) => {
      expect(await gather(question)).toMatchObject({ sufficient: false, widened: true })
    },
  )

  test('understands a follow-up by what was said before', async () => {
    const history = [
      { author: 'customer' as const, text: 'I forgot my password. How can I get a new one?' },
      { author: 'agent' as const, text: 'Ask for a link on the sign-in page.' },
    ]
    const evidence = await gather('And how long is that valid?', history)
    expect(evidence.queries[0]).toBe('And how long is that valid?')
    expect(evidence.queries.length).toBeGreaterThan(1)
    expect(evidence.sources[0]?.title).toMatch(/password/i)
  })

  test('says that internal articles are internal', async () => {
    const { sources } = await gather('How much may an agent refund without approval of a team lead?')
    expect(sources.find(({ title }) => /approval/i.test(title))?.internal).toBe(true)
  })

  test('is judged by words alone when the embedder is away', async () => {
    const evidence = await gatherEvidence({ ...resources, embedder: null }, { question: 'How do I reset my password?', history: [] })
    expect(evidence).toMatchObject({ sufficient: true, degraded: true })
  })
})

const stateOf = (embedder: Embedder) => ({
  model: embedder.model,
  dimensions: embedder.dimensions,
  state: () => embedder.state(),
  close: () => embedder.close(),
})
