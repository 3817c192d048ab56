import { auditFilter } from '../services/access/audit-filter.ts'
import { requestDetail } from '../services/access/record-audit.ts'
import { builder } from './builder.ts'
import { Role } from './enums.ts'
import { decodeGlobalId, encodeGlobalId } from './global-ids.ts'

const AuditActor = builder.objectRef<{ type: string; id: string; name: string | null }>('AuditActor').implement({
  description: 'Who changed something, as they were called then.',
  fields: (t) => ({
    id: t.id({
      description: 'Of an Agent, a Customer, a Partner, or the ApiKey of a key that belongs to none of them.',
      resolve: ({ type, id }) => encodeGlobalId(type, id),
    }),
    name: t.exposeString('name', { nullable: true, description: 'Null for customers: the log keeps no names of theirs.' }),
  }),
})

const AuditDetail = builder.objectRef<{ name: string; value: string }>('AuditDetail').implement({
  description: 'An id, a status or a number that belongs to a change.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Which property of the change it is, such as status or draftId.' }),
    value: t.exposeString('value', { description: 'As text; several are separated by spaces.' }),
  }),
})

builder.prismaObject('AuditEntry', {
  description: 'Something was changed. Entries are written with the change, and never changed or deleted.',
  authScopes: { admin: true },
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => encodeGlobalId('AuditEntry', id) }),
    at: t.expose('at', { type: 'DateTime' }),
    action: t.exposeString('action', { description: 'The name of the mutation.' }),
    role: t.expose('role', {
      type: Role,
      nullable: true,
      description: 'Of the actor. Null: the server itself, or a customer who followed the link of a survey.',
    }),
    actor: t.field({
      type: AuditActor,
      nullable: true,
      description: 'Null: the server itself, or a customer who followed the link of a survey.',
      resolve: ({ actorType, actorId, actorName }) => (actorType && actorId ? { type: actorType, id: actorId, name: actorName } : null),
    }),
    callerId: t.exposeString('callerId', { nullable: true, description: 'The key or token that was used: the id of its row, or of the token.' }),
    operation: t.exposeString('operation', { nullable: true, description: 'The name of the operation in the client’s document.' }),
    targetId: t.id({
      nullable: true,
      description: 'What was changed. It may be gone.',
      resolve: ({ targetType, targetId }) => (targetType && targetId ? encodeGlobalId(targetType, targetId) : null),
    }),
    details: t.field({
      type: [AuditDetail],
      description: 'Never what a customer wrote, and no secret. Ids in it are those of rows.',
      resolve: ({ details }) =>
        Object.entries(details as Record<string, unknown>)
          .filter(([name, value]) => value !== null && name !== requestDetail)
          .map(([name, value]) => ({ name, value: Array.isArray(value) ? value.join(' ') : String(value) })),
    }),
  }),
})

const AuditLogFilter = builder.inputType('AuditLogFilter', {
  description: 'Entries to which all that is given applies; what is null or left out narrows nothing.',
  fields: (t) => ({
    action: t.string({ description: 'The name of a mutation; another one is a top-level INVALID_INPUT.' }),
    actorId: t.id({ description: 'The `id` of an AuditActor: what this person or key did.' }),
    targetId: t.id({ description: 'The `targetId` of an entry: what was done to this object.' }),
    from: t.field({ type: 'DateTime', description: 'From this time on.' }),
    to: t.field({ type: 'DateTime', description: 'Before this time.' }),
  }),
})

builder.queryField('auditLog', (t) =>
  t.prismaConnection({
    type: 'AuditEntry',
    cursor: 'id',
    description: 'Who changed what, newest first.',
    authScopes: { admin: true },
    args: { filter: t.arg({ description: 'All entries when left out.', type: AuditLogFilter }) },
    resolve: (query, _root, { filter }, { database }, { schema }) => {
      const { actorId, targetId, ...rest } = filter ?? {}
      const actions = Object.keys(schema.getMutationType()!.getFields())
      const where = auditFilter({ ...rest, actor: decoded(actorId), target: decoded(targetId) }, actions)
      return database.auditEntry.findMany({ ...query, where, orderBy: [{ at: 'desc' }, { id: 'desc' }] })
    },
  }),
)

/** An id that this server did not make belongs to nothing, and so no entry is about it. */
function decoded(globalId: string | null | undefined): { typename: string; id: string } | null {
  return globalId == null ? null : (decodeGlobalId(globalId) ?? { typename: 'Nothing', id: 'nothing' })
}
