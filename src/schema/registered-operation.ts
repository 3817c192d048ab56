import { areOwnOperations, ownOperations } from '../services/access/own-operations.ts'
import type { Viewer } from '../services/access/viewer.ts'
import { manifestStatus } from '../services/operations/manifest-status.ts'
import { Partner } from './api-key.ts'
import { builder } from './builder.ts'
import { OperationStatus } from './enums.ts'
import { localIdOrNull } from './global-ids.ts'

export const OperationManifest = builder.prismaNode('OperationManifest', {
  description: 'What a partner registered at one time.',
  id: { field: 'id' },
  authScopes: (row, { viewer }) => areOwnOperations(viewer, row),
  fields: (t) => ({
    version: t.exposeInt('version', { description: '1, 2, 3 … of its partner.' }),
    status: t.field({
      type: OperationStatus,
      description: 'That of its operations: ACTIVE when any is, otherwise DEPRECATED, DRAFT or RETIRED, in this order.',
      select: { operations: { select: { status: true } } },
      resolve: ({ operations }) => manifestStatus(operations),
    }),
    partner: t.relation('partner', { description: 'For admins.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    operations: t.relation('operations', {
      description: 'Those that were not sent again with a newer manifest, by name.',
      complexity: { field: 1, multiplier: 50 },
      query: { orderBy: [{ name: 'asc' }, { id: 'asc' }] },
    }),
  }),
})

export const RegisteredOperation = builder.prismaObject('RegisteredOperation', {
  description: 'An operation that a partner may run.',
  authScopes: (row, { viewer }) => areOwnOperations(viewer, row),
  fields: (t) => ({
    hash: t.string({
      description: 'SHA-256 of the body’s bytes as UTF-8, such as sha256:9f86d08…. It is the operation’s id in requests, with or without sha256:.',
      resolve: ({ hash }) => `sha256:${hash}`,
    }),
    name: t.exposeString('name', { description: 'As its document says.' }),
    type: t.exposeString('type', { description: 'query, mutation or subscription.' }),
    body: t.exposeString('body', { description: 'Its text, to the byte.' }),
    cost: t.exposeInt('cost', { description: 'Points that one execution costs at most, with the variables’ defaults.' }),
    status: t.expose('status', { description: 'Whether it is answered.', type: OperationStatus }),
    lastUsedAt: t.expose('lastUsedAt', { type: 'DateTime', nullable: true, description: 'To the minute; null when it was never used.' }),
    deprecatedAt: t.expose('deprecatedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'From then on answers carry a warning; null when it was never deprecated.',
    }),
    sunsetAt: t.expose('sunsetAt', { type: 'DateTime', nullable: true, description: 'From then on it is refused.' }),
    retiredAt: t.expose('retiredAt', { type: 'DateTime', nullable: true, description: 'When it was retired; null while it is not RETIRED.' }),
    manifest: t.relation('manifest', { description: 'The newest that it was sent with.' }),
    partner: t.field({
      type: Partner,
      description: 'For admins.',
      select: (_args, _context, nested) => ({ manifest: { select: { partner: nested() } } }),
      resolve: ({ manifest }) => manifest.partner,
    }),
  }),
})

builder.queryField('operationManifests', (t) =>
  t.prismaConnection({
    type: 'OperationManifest',
    cursor: 'id',
    description: 'Newest first; a partner sees its own.',
    authScopes: { admin: true, partner: true },
    args: { partnerId: t.arg.id({ description: 'All partners when left out.' }) },
    resolve: (query, _root, { partnerId }, { database, viewer }) =>
      database.operationManifest.findMany({ ...query, where: ofPartner(viewer, partnerId), orderBy: { id: 'desc' } }),
  }),
)

builder.queryField('registeredOperations', (t) =>
  t.prismaConnection({
    type: 'RegisteredOperation',
    cursor: 'id',
    description: 'Newest first; a partner sees its own.',
    authScopes: { admin: true, partner: true },
    args: {
      partnerId: t.arg.id({ description: 'All partners when left out.' }),
      status: t.arg({ type: [OperationStatus], description: 'Any of these.' }),
    },
    resolve: (query, _root, { partnerId, status }, { database, viewer }) =>
      database.registeredOperation.findMany({
        ...query,
        where: { ...ofPartner(viewer, partnerId), ...(status && { status: { in: status } }) },
        orderBy: { id: 'desc' },
      }),
  }),
)

function ofPartner(viewer: Viewer, asked: string | null | undefined): { AND: { partnerId?: string }[] } {
  return { AND: [ownOperations(viewer), ...(asked == null ? [] : [{ partnerId: localIdOrNull('Partner', asked) ?? 'nobody' }])] }
}
