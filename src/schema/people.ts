import { builder } from './builder.ts'

export interface ActorShape {
  id: string
  name: string | null
}

export const Actor = builder.interfaceRef<ActorShape>('Actor').implement({
  description: 'Who wrote or did something.',
  // Only customers have an id of their own outside.
  resolveType: (actor) => ('externalId' in actor ? 'Customer' : 'Agent'),
  fields: (t) => ({
    id: t.id({
      resolve: () => {
        throw new Error('every actor has its own id')
      },
    }),
    name: t.exposeString('name', { nullable: true, description: 'As people know them; null when nobody has said it.' }),
  }),
})

export const Customer = builder.prismaNode('Customer', {
  description: 'Who writes to us.',
  id: { field: 'id' },
  interfaces: [Actor],
  authScopes: (customer) => ({ staff: true, customer: customer.id }),
  fields: (t) => ({
    name: t.exposeString('name', {
      nullable: true,
      description: 'Null also for a partner, when others had conversations with this customer too.',
      authScopes: ({ id }) => ({ staff: true, customerByName: id }),
      unauthorizedResolver: () => null,
    }),
    externalId: t.exposeString('externalId', { nullable: true, description: 'The id that your own systems know them by.' }),
    email: t.exposeString('email', {
      nullable: true,
      description: 'Null also for a partner, when others had conversations with this customer too.',
      authScopes: ({ id }) => ({ staff: true, customerByName: id }),
      unauthorizedResolver: () => null,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
})

export const Agent = builder.prismaNode('Agent', {
  description: 'A person of the team.',
  id: { field: 'id' },
  interfaces: [Actor],
  // Customers may know who answered them: the name, and nothing else.
  fields: (t) => ({
    isAvailable: t.exposeBoolean('isAvailable', {
      authScopes: { staff: true },
      description: 'Conversations are assigned by load to those who are. Change it with setAvailability.',
    }),
  }),
})

builder.queryField('agents', (t) =>
  t.prismaConnection({
    type: 'Agent',
    cursor: 'id',
    description: 'The people who can be assigned.',
    authScopes: { staff: true },
    resolve: (query, _root, _args, { database }) => database.agent.findMany({ ...query, orderBy: { id: 'asc' } }),
  }),
)
