import SchemaBuilder from '@pothos/core'
import ComplexityPlugin from '@pothos/plugin-complexity'
import ErrorsPlugin from '@pothos/plugin-errors'
import PrismaPlugin from '@pothos/plugin-prisma'
import RelayPlugin from '@pothos/plugin-relay'
import ScopeAuthPlugin from '@pothos/plugin-scope-auth'
import type { Context } from '../context.ts'
import type PrismaTypes from '../generated/pothos.ts'
import { getDatamodel } from '../generated/pothos.ts'
import { batchKeys } from '../lib/batch-keys.ts'
import { customersKnownByName, customersOfPartner } from '../services/access/known-customers.ts'
import { isOwnConversation, ownConversations } from '../services/access/own-conversations.ts'
import { isStaff } from '../services/access/viewer.ts'
import { visibleNodes } from '../services/access/visible-nodes.ts'
import { forbidden, invalidInput } from './errors.ts'
import FieldCostsPlugin from './field-costs.ts'
import { decodeGlobalId, encodeGlobalId } from './global-ids.ts'
import PageLimitsPlugin from './page-limits.ts'
import UsualDescriptionsPlugin from './usual-descriptions.ts'

// Importing the schema opens nothing: the Prisma client comes with each request's context.
export const builder = new SchemaBuilder<{
  Context: Context
  PrismaTypes: PrismaTypes
  DefaultFieldNullability: false
  AuthScopes: {
    /** Agents and admins. */
    staff: boolean
    admin: boolean
    /** Anyone with a valid key. Partners run their registered operations, and nothing else. */
    anyone: boolean
    /** Partners, where what they get is theirs or public already. */
    partner: boolean
    /** The customer with this id, and a partner that opened a conversation for them. */
    customer: string
    /** Who may know the customer’s name and address. */
    customerByName: string
    /** Whose conversation it is: its customer’s, or the partner’s that opened it. */
    ownConversation: { customerId: string; partnerId: string | null }
    /** The same by its id. */
    conversation: string
    /** The partner that opened the conversation with this id. */
    partnerConversation: string
  }
  Scalars: { DateTime: { Input: Date; Output: Date }; ID: { Input: string; Output: string } }
}>({
  // Errors before Prisma, so that what a Prisma field throws can become a member of its union.
  // The costs after the plugin that reads them: of a field’s options the last one has the first word.
  plugins: [ScopeAuthPlugin, RelayPlugin, ErrorsPlugin, PageLimitsPlugin, PrismaPlugin, ComplexityPlugin, FieldCostsPlugin, UsualDescriptionsPlugin],
  defaultFieldNullability: false,
  // What an operation costs is known before it runs, and nothing is left to check in the resolvers.
  complexity: { disabled: true },
  prisma: { client: (context) => context.database, dmmf: getDatamodel(), onUnusedQuery: null, maxConnectionSize: 100, defaultConnectionSize: 20 },
  relay: {
    encodeGlobalID: (typename, id) => encodeGlobalId(typename, String(id)),
    // An id that this server did not make belongs to no type, so that `node` answers null.
    decodeGlobalID: (globalId) => decodeGlobalId(globalId) ?? { typename: 'Node', id: '' },
    nodeQueryOptions: {
      description: 'Any object by its id; null when it is unknown, malformed or not yours to see.',
      authScopes: { anyone: true },
      resolve: async (_root, { id }, { database, viewer }, _info, resolveNode) => {
        const visible = await visibleNodes({ database }, { nodes: [id], viewer })
        return (visible(id) ? resolveNode(id) : null) as never
      },
    },
    nodesQueryOptions: {
      description: 'Several objects by their ids, at most 100, in the order asked for; null for each that `node` would not answer.',
      authScopes: { anyone: true },
      resolve: async (_root, args, { database, viewer }, _info, resolveNodes) => {
        const { ids } = args
        if (ids.length > 100) throw invalidInput(`ids has ${ids.length} entries, and at most 100 are allowed. Ask in several requests.`)
        const visible = await visibleNodes({ database }, { nodes: ids, viewer })
        // Pothos loads what stands in the arguments, whatever it is handed here: with the others still there it would answer in the wrong places.
        args.ids = ids.map((id) => (visible(id) ? id : null)) as typeof ids
        return resolveNodes(args.ids) as never
      },
    },
    clientMutationId: 'omit',
    cursorType: 'String',
  },
  errors: {
    directResult: true,
    defaultTypes: [],
    defaultUnionOptions: { name: ({ fieldName }) => `${fieldName[0]!.toUpperCase()}${fieldName.slice(1)}Result` },
  },
  scopeAuth: {
    authorizeOnSubscribe: true,
    runScopesOnType: true,
    unauthorizedError: () => forbidden(),
    authScopes: ({ viewer, database }) => {
      const areOwn = batchKeys(async (ids: string[]) => {
        const own = await database.conversation.findMany({ where: { id: { in: ids }, ...ownConversations(viewer) }, select: { id: true } })
        return own.map(({ id }) => id)
      })
      return {
        staff: isStaff(viewer),
        admin: viewer.role === 'ADMIN',
        anyone: true,
        partner: viewer.role === 'PARTNER',
        customer:
          viewer.role === 'PARTNER'
            ? batchKeys((ids: string[]) => customersOfPartner({ database }, viewer.partnerId, ids))
            : (customerId) => viewer.role === 'CUSTOMER' && viewer.customerId === customerId,
        customerByName: batchKeys((ids: string[]) => customersKnownByName({ database }, viewer, ids)),
        ownConversation: (conversation) => isOwnConversation(viewer, conversation),
        conversation: areOwn,
        partnerConversation: (id) => viewer.role === 'PARTNER' && areOwn(id),
      }
    },
  },
})

builder.queryType({ description: 'An id that is unknown, malformed or not yours is null; a bad argument is a top-level INVALID_INPUT.' })
builder.mutationType({ description: 'Expected failures are members of the result union and implement Error.' })
builder.subscriptionType({ description: 'Keep-alives are the transport’s pings, never events.' })

builder.scalarType('DateTime', {
  description: 'A time as ISO 8601 with zone, such as 2026-11-23T09:30:00.000Z.',
  serialize: (value) => value.toISOString(),
  parseValue: (value) => {
    if (
      typeof value !== 'string' ||
      !/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/.test(value) ||
      Number.isNaN(Date.parse(value))
    ) {
      throw new TypeError('A DateTime is written as ISO 8601 with zone, such as 2026-11-23T09:30:00Z.')
    }
    return new Date(value)
  },
})
