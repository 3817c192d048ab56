import { trainingFilter } from '../services/training/training-filter.ts'
import type { LessonEvidence as EvidenceRow } from '../services/training/triage-example.ts'
import { Article } from './article.ts'
import { batchInRequest } from './batch-in-request.ts'
import { builder } from './builder.ts'
import { FeedbackRating, FeedbackReason, TrainingExampleState, TrainingLesson } from './enums.ts'
import { localIdOrNull } from './global-ids.ts'

const articleOf = batchInRequest(async ({ database }, ids: string[]) => {
  const articles = await database.article.findMany({ where: { id: { in: ids } } })
  return new Map(articles.map((article) => [article.id, article]))
})

const LessonEvidenceKind = builder.enumType('LessonEvidenceKind', {
  description: 'What became of a sentence.',
  values: {
    ADDED: { description: 'The correction has it, and the draft has not.' },
    REMOVED: { description: 'The draft has it, and the correction has not.' },
  } as const,
})

const LessonEvidence = builder.objectRef<EvidenceRow>('LessonEvidence').implement({
  description: 'A sentence that a correction changed.',
  fields: (t) => ({
    kind: t.expose('kind', { type: LessonEvidenceKind, description: 'Whether it came or went.' }),
    text: t.exposeString('text', { description: 'The sentence; at most 500 characters of it.' }),
    article: t.field({
      type: Article,
      nullable: true,
      description: 'The article that says so; null when none does, when the sentence was taken out, or when the article was deleted since.',
      resolve: ({ articleId }, _args, context) => (articleId === null ? null : articleOf(context, articleId)),
    }),
    quote: t.exposeString('quote', { nullable: true, description: 'The article’s own words; null where there is no article.' }),
  }),
})

type Turn = { author: 'customer' | 'agent'; text: string }
const TurnAuthor = builder.enumType('TurnAuthor', {
  description: 'Who said it.',
  values: { CUSTOMER: { description: 'Whoever asked.', value: 'customer' }, AGENT: { description: 'The team.', value: 'agent' } } as const,
})
const ConversationTurn = builder.objectRef<Turn>('ConversationTurn').implement({
  description: 'Something that was said in a conversation.',
  fields: (t) => ({
    author: t.expose('author', { type: TurnAuthor, description: 'Who said it.' }),
    text: t.exposeString('text', { description: 'In their words.' }),
  }),
})

type Message = { role: string; content: string }
const PromptMessage = builder.objectRef<Message>('PromptMessage').implement({
  description: 'A message that a language model was given.',
  fields: (t) => ({
    role: t.exposeString('role', { description: 'system, user or assistant.' }),
    content: t.exposeString('content', { description: 'What it says.' }),
  }),
})

export const TrainingExample = builder.prismaNode('TrainingExample', {
  description: 'What one draft can teach: one a draft, updated by later signals.',
  id: { field: 'id' },
  authScopes: { staff: true },
  fields: (t) => ({
    state: t.expose('state', { description: 'Whether a retraining may use it: by rule, or as a person decided.', type: TrainingExampleState }),
    stateReason: t.exposeString('stateReason', { nullable: true, description: 'Why it is in this state; null where the rule is plain.' }),
    reviewedAt: t.expose('reviewedAt', { type: 'DateTime', nullable: true, description: 'When a person decided its state; null while rules did.' }),
    processed: t.exposeBoolean('processed', { description: 'A retraining has used it.' }),
    processedAt: t.expose('processedAt', { type: 'DateTime', nullable: true, description: 'When a retraining used it; null until then.' }),
    heldOut: t.exposeBoolean('heldOut', { description: 'Retrainings only measure with it, and never learn from it.' }),
    isMustPass: t.exposeBoolean('isMustPass', { description: 'A retraining that breaks it is not activated.' }),
    intent: t.exposeString('intent', { nullable: true, description: 'The right one as far as is known; null when the router abstained.' }),
    question: t.exposeString('question', { description: 'What the customer wrote since the last reply.' }),
    context: t.field({
      type: [ConversationTurn],
      description: 'What was said before, oldest first; the last 10.',
      resolve: ({ context }) => context as unknown as Turn[],
    }),
    originalResponse: t.exposeString('originalResponse', { description: 'The draft.' }),
    correction: t.exposeString('correction', { nullable: true, description: 'What an agent wrote instead; null when nothing was written.' }),
    rating: t.expose('rating', { type: FeedbackRating, nullable: true, description: 'The newest; null when nobody rated it.' }),
    isSentAsDrafted: t.exposeBoolean('isSentAsDrafted', { description: 'The draft went to the customer as it was.' }),
    editRatio: t.exposeFloat('editRatio', { nullable: true, description: '0 unchanged, 1 rewritten; null when nothing was written or sent.' }),
    reasons: t.expose('reasons', { type: [FeedbackReason], description: 'All that reviewers said is wrong with the draft.' }),
    lesson: t.expose('lesson', { type: TrainingLesson, nullable: true, description: 'Null until it was looked at, and when nothing was corrected.' }),
    evidence: t.field({
      type: [LessonEvidence],
      description: 'Which sentences changed, and which article supports them; at most 20.',
      resolve: ({ lessonEvidence }) => lessonEvidence as unknown as EvidenceRow[],
    }),
    articles: t.field({
      type: [Article],
      description: 'The right articles: as an agent named them, else those that support the correction. At most 10.',
      select: { articleIds: true },
      resolve: async ({ articleIds }, _args, context) => {
        const articles = await Promise.all(articleIds.map((id) => articleOf(context, id)))
        return articles.filter((article) => article !== undefined)
      },
    }),
    prompt: t.field({
      type: [PromptMessage],
      nullable: true,
      description: 'What the language model was given for the draft; null when none was asked.',
      select: { draft: { select: { prompt: true } } },
      resolve: ({ draft }) => draft.prompt as unknown as Message[] | null,
    }),
    feedback: t.relation('feedback', { nullable: true, description: 'The one whose correction counts; null when there is none.' }),
    agent: t.relation('agent', { nullable: true, description: 'Who taught it; null for what no agent did.' }),
    conversation: t.relation('conversation', { description: 'Where the question was asked.' }),
    message: t.relation('message', { nullable: true, description: 'The reply that was sent from the draft; null when none was.' }),
    draft: t.relation('draft', { description: 'With its sources, model version and experiment arm.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime' }),
  }),
})

const TrainingExampleFilter = builder.inputType('TrainingExampleFilter', {
  description: 'Examples to which all that is given applies; what is null or left out narrows nothing.',
  fields: (t) => ({
    state: t.field({ type: [TrainingExampleState], description: 'Any of these.' }),
    processed: t.boolean({ description: 'Used by a retraining, or with false not yet.' }),
    intent: t.string({ description: 'The name of an intent.' }),
    heldOut: t.boolean({ description: 'Held out for measuring, or with false not.' }),
    lesson: t.field({ type: [TrainingLesson], description: 'Any of these.' }),
    agentId: t.id({ description: 'What this agent taught.' }),
  }),
})

builder.queryField('trainingExamples', (t) =>
  t.prismaConnection({
    type: 'TrainingExample',
    cursor: 'id',
    description: 'Newest first.',
    authScopes: { staff: true },
    args: { filter: t.arg({ type: TrainingExampleFilter, description: 'All of them when left out.' }) },
    resolve: (query, _root, { filter }, { database }) => {
      const agentId = filter?.agentId == null ? null : (localIdOrNull('Agent', filter.agentId) ?? 'nobody')
      return database.trainingExample.findMany({ ...query, where: trainingFilter({ ...filter, agentId }), orderBy: { id: 'desc' } })
    },
  }),
)
