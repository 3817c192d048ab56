import { gapFilter } from '../services/knowledge-health/gap-filter.ts'
import { builder } from './builder.ts'
import { GapSource } from './enums.ts'
import { encodeGlobalId } from './global-ids.ts'

export const GapQuestion = builder.prismaObject('GapQuestion', {
  description: 'One customer message that asked it.',
  authScopes: { staff: true },
  fields: (t) => ({
    text: t.exposeString('text', { description: 'The question; of a follow-up, what was searched for it.' }),
    answer: t.exposeString('answer', { nullable: true, description: 'What an agent answered in the end, word for word; null until then.' }),
    sources: t.expose('sources', { type: [GapSource], description: 'What pointed at it.' }),
    conversation: t.relation('conversation', { description: 'Where it was asked.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
})

interface Attributed {
  text: string
  conversationIds: string[]
}

const Attribution = builder.objectRef<Attributed>('Attribution').implement({
  description: 'A sentence of a suggestion, and where agents said it.',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'As it stands in the suggestion.' }),
    conversationIds: t.idList({
      description: 'The conversations, at most 5.',
      resolve: ({ conversationIds }) => conversationIds.slice(0, 5).map((id) => encodeGlobalId('Conversation', id)),
    }),
  }),
})

export const KnowledgeGap = builder.prismaNode('KnowledgeGap', {
  description: 'What customers asked that the articles could not answer, questions alike together.',
  id: { field: 'id' },
  authScopes: { staff: true },
  fields: (t) => ({
    question: t.exposeString('question', { description: 'The one that is most like all others.' }),
    count: t.exposeInt('count', { description: 'Customer messages that asked it.' }),
    suggestedTitle: t.exposeString('suggestedTitle', {
      nullable: true,
      description: 'For an article that fills it, in a customer’s words; null while there is no suggestion.',
    }),
    suggestion: t.exposeString('suggestion', {
      nullable: true,
      description:
        'An article as Markdown, in the words of agents who answered these questions: no model wrote it. Names, addresses and numbers of customers are left out. Null while nobody has answered.',
    }),
    attributions: t.field({
      type: [Attribution],
      description: 'Sentence by sentence, where the suggestion comes from.',
      select: { attributions: true, questions: { select: { id: true, conversationId: true }, orderBy: { id: 'desc' }, take: 200 } },
      resolve: ({ attributions, questions }): Attributed[] => {
        const conversationOf = new Map(questions.map(({ id, conversationId }) => [id, conversationId]))
        return (attributions as { text: string; questionIds: string[] }[]).map(({ text, questionIds }) => ({
          text,
          conversationIds: questionIds.flatMap((id) => conversationOf.get(id) ?? []),
        }))
      },
    }),
    examples: t.relation('questions', { description: 'The newest, at most 5.', query: { orderBy: { id: 'desc' }, take: 5 } }),
    questions: t.relatedConnection('questions', { cursor: 'id', description: 'Newest first.', query: { orderBy: { id: 'desc' } } }),
    filledBy: t.relation('filledBy', {
      nullable: true,
      description: 'The article that answers it: found by a check after it was published, or made from the suggestion.',
    }),
    dismissedAt: t.expose('dismissedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When an agent said that it needs no article; null while nobody has.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime' }),
  }),
})

const GapState = builder.enumType('GapState', {
  description: 'What became of a gap.',
  values: {
    OPEN: { description: 'Nobody has seen to it.' },
    FILLED: { description: 'An article answers it.' },
    DISMISSED: { description: 'It needs no article.' },
  } as const,
})

builder.queryField('knowledgeGaps', (t) =>
  t.prismaConnection({
    type: 'KnowledgeGap',
    cursor: 'id',
    description: 'What customers asked that the knowledge base could not answer, most asked first.',
    authScopes: { staff: true },
    args: { state: t.arg({ type: GapState, description: 'OPEN unless given.' }) },
    resolve: (query, _root, { state }, { database }) =>
      database.knowledgeGap.findMany({ ...query, where: gapFilter(state ?? 'OPEN'), orderBy: [{ count: 'desc' }, { id: 'desc' }] }),
  }),
)
