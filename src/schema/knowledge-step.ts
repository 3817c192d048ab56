import type { KnowledgeHit, KnowledgeStep, PlannedQuery } from '../services/retrieval/knowledge-steps.ts'
import type { ChunkFilter } from '../stores/vectors.ts'
import { builder } from './builder.ts'
import { Audience } from './enums.ts'
import { encodeGlobalId } from './global-ids.ts'

const KnowledgeStepKind = builder.enumType('KnowledgeStepKind', {
  description: 'PLAN, RETRIEVE, CHECK; when that is not enough WIDEN, RETRIEVE, CHECK; then ANSWER or ADMIT.',
  values: {
    PLAN: { description: 'What is searched for, and why: `queries`, `filter`.' },
    RETRIEVE: { description: 'What was found: `hits`, `degradedParts`.' },
    CHECK: { description: 'Whether it is enough to answer from: `judgement`.' },
    WIDEN: { description: 'It was not: what is searched for now, once. `queries`, `filter`.' },
    ANSWER: { description: 'The reply is written from what was found.' },
    ADMIT: { description: 'The reply says that the articles may not answer it: `missing`.' },
  } as const,
})

const KnowledgeQueryReason = builder.enumType('KnowledgeQueryReason', {
  description: 'Why the knowledge agent searched for a text.',
  values: {
    ASKED: { description: 'The customer’s own words.' },
    FOLLOW_UP: { description: 'Together with what was said before, because it cannot be understood alone.' },
    PART: { description: 'One question of the message alone.' },
    SPELLING: { description: 'One of the others without its typing errors.' },
    SUBJECT: { description: 'To widen: the words that say what it is about.' },
    EVERYTHING: { description: 'To widen: the question after all that the customer said before.' },
  } as const,
})

const KnowledgeQuery = builder.objectRef<PlannedQuery>('KnowledgeQuery').implement({
  description: 'A text that the knowledge agent searched for.',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'Cut to 300 characters.' }),
    reason: t.expose('reason', { description: 'Why it was searched for.', type: KnowledgeQueryReason }),
  }),
})

const KnowledgeFilter = builder.objectRef<ChunkFilter>('KnowledgeFilter').implement({
  description: 'Null where nothing is filtered.',
  fields: (t) => ({
    category: t.exposeString('category', { nullable: true, description: 'Only articles of this category.' }),
    audience: t.expose('audience', { type: Audience, nullable: true, description: 'Only articles for these readers.' }),
    locale: t.exposeString('locale', { nullable: true, description: 'Only articles with this language tag.' }),
  }),
})

const Hit = builder.objectRef<KnowledgeHit>('KnowledgeHit').implement({
  description: 'An article as it was when it was found. The signals mean what they mean in `SearchHit`.',
  fields: (t) => ({
    articleId: t.id({ resolve: ({ articleId }) => encodeGlobalId('Article', articleId), description: 'Of an Article; it may be deleted since.' }),
    title: t.exposeString('title', { description: 'Of the article, as it was then.' }),
    heading: t.exposeString('heading', { description: 'Title and section of the best chunk.' }),
    internal: t.exposeBoolean('internal', { description: 'A staff article: shown to agents, never given to the generator.' }),
    score: t.exposeFloat('score', { description: '0 to 1, within this search only.' }),
    similarity: t.exposeFloat('similarity', { nullable: true, description: 'Cosine of chunk and query; null when it was found by words only.' }),
    sentenceSimilarity: t.exposeFloat('sentenceSimilarity', {
      nullable: true,
      description: 'Cosine of the chunk’s best sentence and the query; null when it was not compared.',
    }),
    articleSimilarity: t.exposeFloat('articleSimilarity', {
      nullable: true,
      description: 'Cosine of the article as a whole and the query; null when it was not compared.',
    }),
    keywordScore: t.exposeFloat('keywordScore', { nullable: true, description: 'BM25; null when it was found by meaning only.' }),
    rerankScore: t.exposeFloat('rerankScore', { nullable: true, description: '0 to 1 by the cross-encoder; null without a reranker.' }),
  }),
})

const Signal = builder.objectRef<{ name: string; value: number }>('KnowledgeSignal').implement({
  description: 'One of the numbers that a judgement rests on.',
  fields: (t) => ({
    name: t.exposeString('name', {
      description:
        'similarity, sentence, article: cosine of the best chunk, sentence and article. margin: by how much the best article is ahead of the second. lead: how far it stands out from all candidates. coverage, headingCoverage: share of the question’s words that the best chunk, or its headings, have.',
    }),
    value: t.exposeFloat('value', { description: '0 to 1.' }),
  }),
})

const KnowledgeJudgement = builder.objectRef<NonNullable<KnowledgeStep['judgement']>>('KnowledgeJudgement').implement({
  description: 'Of public articles only: a reply cannot be written from others.',
  fields: (t) => ({
    sufficient: t.exposeBoolean('sufficient', { description: '`confidence` reaches `threshold`.' }),
    confidence: t.exposeFloat('confidence', { description: 'The chance that what was found answers the question, 0 to 1.' }),
    threshold: t.exposeFloat('threshold', { description: 'The lowest confidence that counts as enough.' }),
    signals: t.expose('signals', { type: [Signal], description: 'What the confidence is computed from.' }),
  }),
})

const KnowledgeMissing = builder.objectRef<NonNullable<KnowledgeStep['missing']>>('KnowledgeMissing').implement({
  description: 'What the articles do not say.',
  fields: (t) => ({
    questions: t.exposeStringList('questions', { description: 'What was asked, question by question.' }),
    words: t.exposeStringList('words', { description: 'Words of it that no public article that was found has.' }),
  }),
})

const KnowledgeStepType = builder.objectRef<KnowledgeStep>('KnowledgeStep').implement({
  description: 'One thing that the knowledge agent did, and what it rests on. Which fields have something, the kind says.',
  authScopes: { staff: true },
  fields: (t) => ({
    kind: t.expose('kind', { description: 'What was done.', type: KnowledgeStepKind }),
    summary: t.exposeString('summary', { description: 'In plain words, to show as it is.' }),
    tookMs: t.exposeFloat('tookMs', { description: 'How long it took, in milliseconds.' }),
    queries: t.field({ type: [KnowledgeQuery], description: 'The customer’s own words first.', resolve: ({ queries }) => queries ?? [] }),
    filter: t.field({
      type: KnowledgeFilter,
      nullable: true,
      description: 'What the search was narrowed to, in PLAN and WIDEN; otherwise null.',
      resolve: ({ filter }) => filter ?? null,
    }),
    hits: t.field({ type: [Hit], description: 'Best first.', resolve: ({ hits }) => hits ?? [] }),
    degradedParts: t.stringList({ description: 'What was away; the rest answered.', resolve: ({ degradedParts }) => degradedParts ?? [] }),
    judgement: t.field({
      type: KnowledgeJudgement,
      nullable: true,
      description: 'In CHECK; otherwise null.',
      resolve: ({ judgement }) => judgement ?? null,
    }),
    missing: t.field({ type: KnowledgeMissing, nullable: true, description: 'In ADMIT; otherwise null.', resolve: ({ missing }) => missing ?? null }),
  }),
})

builder.prismaObjectField('Draft', 'steps', (t) =>
  t.field({
    type: [KnowledgeStepType],
    description:
      'What the knowledge agent did, in order, so that one can see why: plan, retrieve, check, widen once, answer or admit. Empty until it has started.',
    select: { steps: true },
    resolve: ({ steps }) => steps as unknown as KnowledgeStep[],
  }),
)
