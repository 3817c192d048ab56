import { builder } from './builder.ts'
import { MessageKind } from './enums.ts'
import { Actor } from './people.ts'

export const Message = builder.prismaNode('Message', {
  description: 'What was written. A draft is an object of its own, and never among the messages.',
  id: { field: 'id' },
  select: { id: true, kind: true, conversationId: true },
  authScopes: ({ kind, conversationId }) => (kind === 'NOTE' ? { staff: true } : { staff: true, conversation: conversationId }),
  fields: (t) => ({
    kind: t.expose('kind', { description: 'Who wrote it, and whether a draft stands behind it.', type: MessageKind }),
    text: t.exposeString('text', { description: 'As it was sent. It never changes.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    author: t.field({
      type: Actor,
      nullable: true,
      description: 'Null when the system wrote it.',
      select: { customer: true, agent: true },
      resolve: ({ customer, agent }) => customer ?? agent,
    }),
    conversation: t.relation('conversation', { description: 'The one that it belongs to.' }),
    draft: t.relation('draft', { nullable: true, authScopes: { staff: true }, description: 'The draft that it was sent from.' }),
    editRatio: t.exposeFloat('editRatio', {
      nullable: true,
      authScopes: { staff: true },
      description: 'How much of the draft was changed, greeting and signature left out: 0 nothing, 1 everything. Null without a draft.',
    }),
  }),
})
