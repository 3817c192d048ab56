import { surveyToken } from '../services/surveys/survey-token.ts'
import { builder } from './builder.ts'

export const SatisfactionRating = builder.prismaNode('SatisfactionRating', {
  description: 'The customer’s answer to a survey.',
  id: { field: 'id' },
  select: { id: true, survey: { select: { conversationId: true } } },
  authScopes: ({ survey }) => ({ staff: true, conversation: survey.conversationId }),
  fields: (t) => ({
    score: t.exposeInt('score', { description: '1 to 5, best is 5.' }),
    comment: t.exposeString('comment', { nullable: true, description: 'In the customer’s own words; null when they wrote nothing.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was last answered; a newer answer replaces the one before.' }),
  }),
})

export const Survey = builder.prismaObject('Survey', {
  description: 'The customer’s question about how it went: one a resolution. Whom and what it rates stays as it was when it was made.',
  authScopes: ({ conversationId }) => ({ staff: true, partnerConversation: conversationId }),
  fields: (t) => ({
    token: t.string({
      description: 'Signed; what rateConversation wants.',
      resolve: (survey, _args, { database }) => surveyToken({ database }, survey),
    }),
    url: t.string({
      description: 'A page where the customer answers without a key.',
      resolve: async (survey, _args, { database, publicUrl }) => `${publicUrl.base()}/surveys/${await surveyToken({ database }, survey)}`,
    }),
    expiresAt: t.expose('expiresAt', { description: 'From then on it cannot be answered any more.', type: 'DateTime' }),
    agent: t.relation('agent', { nullable: true, authScopes: { staff: true }, description: 'Who answered last.' }),
    draft: t.relation('draft', {
      nullable: true,
      authScopes: { staff: true },
      description: 'The draft behind the last reply; null when an agent wrote it alone.',
    }),
    intent: t.exposeString('intent', {
      nullable: true,
      description: 'That of the conversation when it was resolved; null when it had none.',
      authScopes: { staff: true },
    }),
    rating: t.relation('rating', { nullable: true, description: 'Null until it is answered.' }),
  }),
})
