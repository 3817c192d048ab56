import type { Viewer as ViewerShape } from '../services/access/viewer.ts'
import { builder } from './builder.ts'
import { Role } from './enums.ts'
import { encodeGlobalId } from './global-ids.ts'

const Viewer = builder.objectRef<ViewerShape>('Viewer').implement({
  description: 'Whose key this is.',
  fields: (t) => ({
    id: t.id({
      description:
        'The agent’s, customer’s or partner’s id, as in `assigneeId`, which stays when a key is rotated; the key’s own when there is none of them.',
      resolve: ({ agentId, customerId, partnerId, callerId }) => {
        if (agentId) return encodeGlobalId('Agent', agentId)
        if (customerId) return encodeGlobalId('Customer', customerId)
        return partnerId ? encodeGlobalId('Partner', partnerId) : encodeGlobalId('ApiKey', callerId)
      },
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
