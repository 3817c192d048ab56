import { isStaff } from '../services/access/viewer.ts'
import type { Retrieval, RetrievedArticle } from '../services/retrieval/retrieve.ts'
import { searchKnowledge } from '../services/retrieval/search-knowledge.ts'
import { Article, Chunk } from './article.ts'
import { builder } from './builder.ts'
import { Audience } from './enums.ts'

const SearchMode = builder.enumType('SearchMode', {
  description: 'How articles are found.',
  values: {
    HYBRID: { description: 'By meaning and by words.' },
    VECTOR: { description: 'By meaning.' },
    KEYWORD: { description: 'By words.' },
  } as const,
})

const SearchPart = builder.enumType('SearchPart', {
  description: 'What a search needs.',
  values: {
    EMBEDDER: { description: 'Turns the query into a vector. Without it the search is by words.' },
    VECTOR_STORE: { description: 'The index. Without it PostgreSQL answers, by words.' },
    RERANKER: { description: 'The cross-encoder. Without it the order is that of `score`.' },
  } as const,
})

const SearchHit = builder.objectRef<RetrievedArticle>('SearchHit').implement({
  description: 'An article with the chunks that it was found by.',
  authScopes: { staff: true, partner: true },
  fields: (t) => ({
    score: t.exposeFloat('score', {
      description:
        'What the hits are sorted by, unless a reranker has sorted them: the signals below, weighed and added, 0 to 1. To compare hits of one search only.',
    }),
    similarity: t.exposeFloat('similarity', { nullable: true, description: 'Cosine of chunk and query; null when it was found by words only.' }),
    keywordScore: t.exposeFloat('keywordScore', { nullable: true, description: 'BM25; null when it was found by meaning only.' }),
    sentenceSimilarity: t.exposeFloat('sentenceSimilarity', { nullable: true, description: 'Cosine of the chunk’s best sentence and the query.' }),
    articleSimilarity: t.exposeFloat('articleSimilarity', { nullable: true, description: 'Cosine of the article as a whole and the query.' }),
    rerankScore: t.exposeFloat('rerankScore', { nullable: true, description: '0 to 1 by the cross-encoder; null without a reranker.' }),
    phrasing: t.exposeString('phrasing', {
      nullable: true,
      authScopes: { staff: true },
      description: 'The phrasing of the article that is closest to the query, when no section is closer.',
    }),
    // The embedding is not among what was read, and not among what can be asked for.
    chunk: t.field({ type: Chunk, description: 'The best of it.', resolve: ({ chunk }) => ({ ...chunk, embedding: null, fineVectors: null }) }),
    chunks: t.field({
      type: [Chunk],
      description: 'The chunk and up to two more of the article that are nearly as good, best first.',
      resolve: ({ chunks }) => chunks.map((chunk) => ({ ...chunk, embedding: null, fineVectors: null })),
    }),
    article: t.field({ type: Article, description: 'As it is now.', resolve: ({ article }) => article }),
  }),
})

const KnowledgeSearch = builder.objectRef<Retrieval>('KnowledgeSearch').implement({
  description: 'What a search found, and with which parts.',
  authScopes: { staff: true, partner: true },
  fields: (t) => ({
    mode: t.expose('mode', { type: SearchMode, description: 'The mode that answered.' }),
    degraded: t.exposeBoolean('degraded', { description: 'A part was away, and the rest answered.' }),
    degradedParts: t.expose('degradedParts', { type: [SearchPart], description: 'Which parts were away.' }),
    queries: t.exposeStringList('queries', {
      description: 'What was searched for: the query and, when it has typing errors, the same without them.',
    }),
    tookMs: t.exposeFloat('tookMs', { description: 'How long it took, in milliseconds.' }),
    hits: t.expose('hits', { type: [SearchHit], description: 'Best first, one an article.', complexity: { field: 0, multiplier: 1 } }),
  }),
})

builder.queryField('searchKnowledge', (t) =>
  t.field({
    type: KnowledgeSearch,
    description: 'Searches the PUBLISHED articles; partners among the PUBLIC ones.',
    authScopes: (_root, { audience }) => (audience === 'INTERNAL' ? { staff: true } : { staff: true, partner: true }),
    complexity: ({ first }) => ({ field: 20, multiplier: first ?? 3 }),
    args: {
      query: t.arg.string({ required: true, description: '1 to 2,000 characters, as a customer would write it.' }),
      first: t.arg.int({ description: 'How many articles at most, 1 to 100.', defaultValue: 3 }),
      mode: t.arg({ type: SearchMode, description: 'HYBRID unless given. The mode in the answer says which one it was.', defaultValue: 'HYBRID' }),
      category: t.arg.string({ description: 'Only articles of this category, upper and lower case alike. All when left out.' }),
      audience: t.arg({ description: 'Only articles for these readers. All that the caller may see when left out.', type: Audience }),
      locale: t.arg.string({ description: 'Only articles with this language tag, such as en. All when left out.' }),
    },
    resolve: (_root, { first, ...args }, resources) =>
      searchKnowledge(resources, { ...args, limit: first ?? 3, audience: isStaff(resources.viewer) ? args.audience : 'PUBLIC' }),
  }),
)
