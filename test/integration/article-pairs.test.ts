import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareArticles } from '../../src/services/knowledge-health/compare-articles.ts'
import { CreateArticleDocument, DeleteArticleDocument, UpdateArticleDocument } from '../generated/graphql.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
const ids: Record<string, string> = {}

const washing = `Wash the jacket at 30 degrees with a little detergent. Close every zip before you wash it. Use no fabric softener, it clogs the membrane.

Dry the jacket in the shade or on low heat in the dryer. Never iron the logo on the chest. Store it loosely on a hanger in a dry wardrobe.`

beforeAll(async () => {
  server = await startServer()
  await create(
    'match',
    'Price match',
    'Found it cheaper elsewhere? If we lower the price of an item within 14 days of your order, we refund the difference in the same way.',
  )
  await create(
    'promo',
    'Promo codes',
    'Enter your code in the cart. When an item goes on sale in our own shop within 7 days of your order, write to us and we refund the difference to your payment method.',
    'INTERNAL',
  )
  await create('washing', 'Washing your jacket', washing)
  await create(
    'care',
    'Jacket care',
    washing.replace('with a little detergent', 'with some detergent').replace('Never iron the logo on the chest. ', ''),
  )
  await create('norway', 'Delivery to Norway', 'We ship with PostNord. Parcels to Norway arrive within 7 days.')
  await create('italy', 'Delivery to Italy', 'We ship with Poste Italiane. Parcels to Italy arrive within 4 days.')
})
afterAll(() => server?.stop())

async function create(name: string, title: string, body: string, audience: 'PUBLIC' | 'INTERNAL' = 'PUBLIC') {
  const { createArticle } = await server.run(CreateArticleDocument, { input: { title, body, category: 'Shop', audience } })
  if (createArticle.__typename !== 'Article') throw new Error(JSON.stringify(createArticle))
  ids[name] = createArticle.id
}

const query = async (text: string, variables: object = {}) => {
  const { body } = await server.post({ query: text, variables })
  if (body.errors) throw new Error(JSON.stringify(body.errors))
  return body.data
}
async function check(): Promise<void> {
  const { checkKnowledge } = await query('mutation { checkKnowledge { requestedAt } }')
  await expect
    .poll(async () => (await query('{ knowledgeCheckedAt }')).knowledgeCheckedAt >= checkKnowledge.requestedAt, { timeout: 60_000, interval: 50 })
    .toBe(true)
}
interface Pair {
  id: string
  kind: string
  score: number
  first: { title: string; audience: string }
  second: { title: string; audience: string }
  findings: { first: string; second: string; firstValue: string | null; secondValue: string | null }[]
}
const pairs = async (variables: object = {}): Promise<Pair[]> =>
  (
    await query(
      `query ($kind: ArticlePairKind, $dismissed: Boolean) { articlePairs(kind: $kind, dismissed: $dismissed, first: 50) { edges { node {
        id kind score first { title audience } second { title audience } findings { first second firstValue secondValue } } } } }`,
      variables,
    )
  ).articlePairs.edges.map(({ node }: { node: Pair }) => node)
const titles = ({ first, second }: Pair) => [first.title, second.title].sort()
const dismiss = (pairId: string) =>
  query(
    'mutation ($input: DismissArticlePairInput!) { dismissArticlePair(input: $input) { ... on ArticlePair { id dismissedAt } ... on Error { code } } }',
    {
      input: { pairId },
    },
  )
const update = (name: string, input: object) => server.run(UpdateArticleDocument, { input: { articleId: ids[name]!, ...input } })

describe('pairs of articles', () => {
  it('are found: a contradiction with what differs, a duplicate, and nothing between articles about different places', async () => {
    await check()
    const found = await pairs()
    expect(found.map(({ kind }) => kind).sort()).toEqual(['CONTRADICTION', 'DUPLICATE'])
    const [contradiction] = await pairs({ kind: 'CONTRADICTION' })
    expect(titles(contradiction!)).toEqual(['Price match', 'Promo codes'])
    const { firstValue, secondValue, first } = contradiction!.findings[0]!
    expect([firstValue, secondValue].sort()).toEqual(['14 days', '7 days'])
    expect(first).toContain(firstValue)
    expect([contradiction!.first.audience, contradiction!.second.audience].sort()).toEqual(['INTERNAL', 'PUBLIC'])
    const [duplicate] = await pairs({ kind: 'DUPLICATE' })
    expect(titles(duplicate!)).toEqual(['Jacket care', 'Washing your jacket'])
    expect(duplicate!.score).toBeGreaterThan(0.7)
    expect(duplicate!.findings[0]).toMatchObject({ firstValue: null, secondValue: null })
  })

  it('are the same when the vector index finds the neighbours', async () => {
    const { resources } = server.app
    const stored = () => resources.database.articlePair.findMany({ orderBy: { id: 'asc' }, omit: { id: true, createdAt: true } })
    const exact = await stored()
    await resources.database.articlePair.deleteMany()
    await resources.database.$executeRaw`UPDATE "Article" SET "checkedVersion" = NULL`
    expect(await compareArticles(resources, { signal: AbortSignal.timeout(60_000), mostExact: 0 })).toHaveLength(6)
    expect((await stored()).map(({ kind, firstId, secondId, findings }) => ({ kind, firstId, secondId, findings }))).toEqual(
      exact.map(({ kind, firstId, secondId, findings }) => ({ kind, firstId, secondId, findings })),
    )
  })

  it('stay dismissed until one of their articles changes', async () => {
    const [contradiction] = await pairs({ kind: 'CONTRADICTION' })
    const { dismissArticlePair } = await dismiss(contradiction!.id)
    expect(dismissArticlePair.dismissedAt).not.toBeNull()
    expect(await dismiss(contradiction!.id)).toEqual({ dismissArticlePair })
    expect(await dismiss('nonsense')).toEqual({ dismissArticlePair: { code: 'NOT_FOUND' } })
    // Everything is compared again, and nothing has changed.
    await server.app.resources.database.$executeRaw`UPDATE "Article" SET "checkedVersion" = NULL`
    await check()
    expect(await pairs({ kind: 'CONTRADICTION' })).toEqual([])
    expect(await pairs({ dismissed: true })).toEqual([contradiction])

    await update('promo', { tags: ['promo'] })
    await check()
    expect((await pairs({ kind: 'CONTRADICTION' })).map(titles)).toEqual([['Price match', 'Promo codes']])
    expect(await pairs({ dismissed: true })).toEqual([])
  })

  it('go when an article is corrected, or deleted', async () => {
    const { article } = await query('query ($id: ID!) { article(id: $id) { body } }', { id: ids.promo })
    await update('promo', { body: article.body.replace('7 days', '14 days') })
    await server.run(DeleteArticleDocument, { input: { articleId: ids.care! } })
    await check()
    expect(await pairs()).toEqual([])
    expect(await pairs({ dismissed: true })).toEqual([])
  })

  it('are for staff alone, in pages of bounded size', async () => {
    const key = await server.createKey('PARTNER')
    expect((await server.post({ query: '{ articlePairs { edges { node { id } } } }' }, { key })).body.errors[0].extensions.code).toBe('FORBIDDEN')
    const { body } = await server.post({ query: '{ articlePairs(first: 101) { edges { node { id } } } }' })
    expect(body.errors[0].extensions.code).toBe('INVALID_INPUT')
  })
})
