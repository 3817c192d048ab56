import { builder } from './builder.ts'

export const Intent = builder.prismaNode('Intent', {
  description: 'What customers may want. The router learns it from its examples.',
  id: { field: 'id' },
  authScopes: { staff: true },
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Unique, and what `routing` answers with.' }),
    description: t.exposeString('description', {
      nullable: true,
      description: 'For people, the router does not read it; null when nobody wrote one.',
    }),
    exampleCount: t.relationCount('examples', {
      description: 'From 5 on it takes part in the router’s measures; from 10 on expect it to be told apart well.',
    }),
    examples: t.relatedConnection('examples', { cursor: 'id', description: 'Oldest first.', query: { orderBy: { id: 'asc' } } }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
})

builder.prismaObject('IntentExample', {
  description: 'A message that has the intent.',
  authScopes: { staff: true },
  fields: (t) => ({
    text: t.exposeString('text', { description: 'As a customer wrote it, or might.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
})

builder.queryField('intents', (t) =>
  t.prismaConnection({
    type: 'Intent',
    cursor: 'id',
    description: 'By name.',
    authScopes: { staff: true },
    resolve: (query, _root, _args, { database }) => database.intent.findMany({ ...query, orderBy: [{ name: 'asc' }, { id: 'asc' }] }),
  }),
)
