import type { CreatedKey } from '../services/access/create-api-key.ts'
import { builder } from './builder.ts'
import { Role } from './enums.ts'

export const Partner = builder.prismaNode('Partner', {
  description: 'An integrator: its keys come and go, its registered operations and its conversations stay.',
  id: { field: 'id' },
  authScopes: { admin: true },
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The name of its first key.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
})

export const ApiKey = builder.prismaNode('ApiKey', {
  description: 'A key. Its secret is shown when it is made, and only its hash is kept.',
  id: { field: 'id' },
  authScopes: { admin: true },
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What it was called when it was made, to know it again in a list.' }),
    role: t.expose('role', { description: 'What it may do.', type: Role }),
    prefix: t.exposeString('prefix', { description: 'How the secret begins, to tell keys apart.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', nullable: true, description: 'Null: it does not.' }),
    lastUsedAt: t.expose('lastUsedAt', { type: 'DateTime', nullable: true, description: 'To the minute; null when it was never used.' }),
    revokedAt: t.expose('revokedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'From then on it is refused; null while nobody has revoked it.',
    }),
    replacedBy: t.relation('replacedBy', { nullable: true, description: 'The key that took its place when it was rotated.' }),
    agent: t.relation('agent', { nullable: true, description: 'Whom it acts as: of an admin’s or agent’s key.' }),
    customer: t.relation('customer', { nullable: true, description: 'Whose it is: of a customer’s key.' }),
    partner: t.relation('partner', { nullable: true, description: 'Whose it is: of a partner’s key.' }),
    costPerMinute: t.exposeInt('costPerMinute', {
      nullable: true,
      description: 'Points of query cost that it has at most, and that come back steadily within a minute; null: what its role has.',
    }),
    llmTokensPerDay: t.exposeInt('llmTokensPerDay', {
      nullable: true,
      description:
        'Tokens of a language model that its drafts may use a day (UTC), a partner’s also those that come by themselves for what its customers write; null: no limit.',
    }),
  }),
})

export const CreatedApiKey = builder.objectRef<CreatedKey>('CreatedApiKey').implement({
  description: 'A new key with its secret.',
  authScopes: { admin: true },
  fields: (t) => ({
    secret: t.exposeString('secret', { description: 'Shown this once. Send it as `Authorization: Bearer <secret>`.' }),
    apiKey: t.field({ type: ApiKey, description: 'The key as `apiKeys` lists it from now on.', resolve: ({ apiKey }) => apiKey }),
  }),
})

builder.queryField('apiKeys', (t) =>
  t.prismaConnection({
    type: 'ApiKey',
    cursor: 'id',
    description: 'Every key, newest first, also those that are revoked or have expired.',
    authScopes: { admin: true },
    resolve: (query, _root, _args, { database }) => database.apiKey.findMany({ ...query, orderBy: { id: 'desc' } }),
  }),
)
