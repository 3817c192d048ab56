import { DraftNotReadyError, InvalidInputError, NotFoundError } from '../services/errors.ts'
import { feedbackEffect, learnedFrom } from '../services/feedback/describe-effect.ts'
import { giveFeedback } from '../services/feedback/give-feedback.ts'
import { Article } from './article.ts'
import { batchInRequest } from './batch-in-request.ts'
import { builder } from './builder.ts'
import { FeedbackRating, FeedbackReason } from './enums.ts'
import { forbidden } from './errors.ts'
import { localId } from './global-ids.ts'
import { TrainingExample } from './training-example.ts'

const articleOf = batchInRequest(async ({ database }, ids: string[]) => {
  const articles = await database.article.findMany({ where: { id: { in: ids } } })
  return new Map(articles.map((article) => [article.id, article]))
})

export const Feedback = builder.prismaNode('Feedback', {
  description: 'What an agent thinks of a draft.',
  id: { field: 'id' },
  authScopes: { staff: true },
  fields: (t) => ({
    rating: t.expose('rating', { type: FeedbackRating, nullable: true, description: 'Null when the agent rated nothing.' }),
    correction: t.exposeString('correction', { nullable: true, description: 'What should have been written; null when the agent wrote nothing.' }),
    reasons: t.expose('reasons', { description: 'What is wrong with the draft; empty when the agent chose none.', type: [FeedbackReason] }),
    notes: t.exposeString('notes', { nullable: true, description: 'In the agent’s own words; null when they wrote nothing.' }),
    correctedIntent: t.exposeString('correctedIntent', {
      nullable: true,
      description: 'The name of the intent that is right; null when the agent named none.',
    }),
    correctedArticles: t.field({
      type: [Article],
      description: 'The articles that a reply should have used; those that were deleted since are missing.',
      select: { correctedArticleIds: true },
      resolve: async ({ correctedArticleIds }, _args, context) => {
        const articles = await Promise.all([...correctedArticleIds].sort().map((id) => articleOf(context, id)))
        return articles.filter((article) => article !== undefined)
      },
    }),
    agent: t.relation('agent', { description: 'Who gave it.' }),
    effect: t.string({
      description: 'What has changed by it so far, and what waits for the next retraining: nothing learns by a click.',
      select: { id: true, correction: true, correctedIntent: true, correctedArticleIds: true, draft: { select: learnedFrom } },
      resolve: ({ draft, ...feedback }) => feedbackEffect(feedback, draft),
    }),
    trainingExample: t.field({
      type: TrainingExample,
      nullable: true,
      description: 'The draft’s: of several reviewers the newest correction and the newest right intent count.',
      select: (_args, _context, nested) => ({ draft: { select: { trainingExample: nested(true) } } }),
      resolve: ({ draft }) => draft.trainingExample,
    }),
    draft: t.relation('draft', { description: 'The one that it is about.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime' }),
  }),
})

const GiveFeedbackInput = builder.inputType('GiveFeedbackInput', {
  description: 'A rating, a correction, or both; at least one field.',
  fields: (t) => ({
    draftId: t.id({ required: true }),
    rating: t.field({ description: 'How good the draft was as a whole.', type: FeedbackRating }),
    correction: t.string({ description: 'What should have been written; up to 20,000 characters.' }),
    reasons: t.field({ description: 'What is wrong with it; any that apply.', type: [FeedbackReason] }),
    notes: t.string({ description: 'Up to 5,000 characters.' }),
    correctedIntent: t.string({ description: 'The name of the intent that is right. NOT_FOUND when there is no such intent.' }),
    correctedArticleIds: t.idList({ description: 'The articles that a reply should have used; up to 10.' }),
  }),
})

builder.mutationField('giveFeedback', (t) =>
  t.field({
    type: Feedback,
    description: 'Stored as data. One a draft and agent: giving it again replaces one’s own wholly, and nobody else’s.',
    authScopes: { staff: true },
    errors: { types: [NotFoundError, InvalidInputError, DraftNotReadyError] },
    args: { input: t.arg({ type: GiveFeedbackInput, required: true }) },
    resolve: (_root, { input }, resources) => {
      const { agentId } = resources.viewer
      if (agentId === null) throw forbidden()
      return giveFeedback(resources, {
        agentId,
        by: resources.viewer,
        input: {
          ...input,
          draftId: localId('Draft', input.draftId),
          correctedArticleIds: input.correctedArticleIds?.map((id) => localId('Article', id)) ?? null,
        },
      })
    },
  }),
)
