import type { Viewer as ViewerShape } from '../services/access/viewer.ts'
import { builder } from './builder.ts'
import { Role } from './enums.ts'
import { encodeGlobalId } from './global-ids.ts'

const Viewer = builder.objectRef<ViewerShape>('Viewer').implement({
  description: 'Whose key this is.',
  fields: (t) => ({
    id: t.id({
      description: 'The agent’s or customer’s id, as in `assigneeId`; the key’s own when there is neither.',
      resolve: ({ agentId, customerId, callerId }) =>
        agentId ? encodeGlobalId('Agent', agentId) : customerId ? encodeGlobalId('Customer', customerId) : encodeGlobalId('ApiKey', callerId),
    }),
    name: t.exposeString('name', { description: 'Of the key, or as the token says.' }),
    role: t.expose('role', { description: 'What it may do.', type: Role }),
  }),
})

builder.queryField('viewer', (t) =>
  t.field({
    type: Viewer,
    description: 'Who is asking. Clients call it to see whether a key works and what it may do.',
    authScopes: { anyone: true },
    resolve: (_root, _args, { viewer }) => viewer,
  }),
)
