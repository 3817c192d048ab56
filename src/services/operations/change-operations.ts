import { isDeepStrictEqual } from 'node:util'
import type { OperationStatus, RegisteredOperation } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { accessTopic } from '../access/live-rights.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { ConflictError, InvalidInputError, NotFoundError } from '../errors.ts'
import { mostDocuments } from './check-documents.ts'
import { bareHash } from './document-hash.ts'
import { type PartnerName, partnerNamed } from './partner-named.ts'

type Changing = Pick<Resources, 'database' | 'operations' | 'wakeUps'>
type Named = PartnerName & { hashes: string[]; by: Viewer | null }

/** From any status; what said that it ends is taken back. */
export function activateOperations(resources: Changing, named: Named): Promise<RegisteredOperation[]> {
  return change(resources, named, { action: 'activateOperations', data: { status: 'ACTIVE', deprecatedAt: null, sunsetAt: null, retiredAt: null } })
}

/** Answered until the time, if there is one, with a warning. Said again, only the time changes. */
export function deprecateOperations(resources: Changing, { sunsetAt, ...named }: Named & { sunsetAt: Date | null }): Promise<RegisteredOperation[]> {
  if (sunsetAt && sunsetAt.getTime() <= Date.now()) throw new InvalidInputError('sunsetAt is over. Name a time to come, or use retireOperations.')
  return change(resources, named, {
    action: 'deprecateOperations',
    data: { status: 'DEPRECATED', sunsetAt },
    since: 'deprecatedAt',
    from: ['ACTIVE', 'DEPRECATED'],
  })
}

/** Refused from now on. */
export function retireOperations(resources: Changing, named: Named): Promise<RegisteredOperation[]> {
  return change(resources, named, { action: 'retireOperations', data: { status: 'RETIRED' }, since: 'retiredAt' })
}

async function change(
  { database, operations, wakeUps }: Changing,
  { hashes: given, by, ...name }: Named,
  {
    action,
    data,
    since,
    from,
  }: {
    action: string
    data: Partial<RegisteredOperation> & { status: OperationStatus }
    since?: 'deprecatedAt' | 'retiredAt'
    from?: OperationStatus[]
  },
): Promise<RegisteredOperation[]> {
  const hashes = [...new Set(given.map(bareHash))]
  if (hashes.length === 0 || hashes.length > mostDocuments)
    throw new InvalidInputError(`hashes has ${hashes.length} entries. Send 1 to ${mostDocuments}.`)
  const changed = await database.$transaction(async (tx) => {
    const where = { partnerId: await partnerNamed(tx, name), hash: { in: hashes } }
    await tx.$queryRaw`SELECT id FROM "RegisteredOperation" WHERE "partnerId" = ${where.partnerId} AND hash = ANY(${hashes}) ORDER BY id FOR UPDATE`
    const found = await tx.registeredOperation.findMany({ where, orderBy: { id: 'asc' } })
    const missing = hashes.find((hash) => found.every((operation) => operation.hash !== hash))
    if (missing !== undefined) throw new NotFoundError(`operation as ${shown(missing)} of this partner`, 'hashes')
    const wrong = found.find(({ status }) => from && !from.includes(status))
    if (wrong) throw new ConflictError(`${wrong.name} (${shown(wrong.hash)}) is ${wrong.status}. Use activateOperations first.`)
    if (found.every((operation) => isDeepStrictEqual({ ...operation, ...data }, operation))) return found
    if (since) await tx.registeredOperation.updateMany({ where: { ...where, status: { not: data.status } }, data: { [since]: new Date() } })
    await tx.registeredOperation.updateMany({ where, data })
    await recordAudit(tx, by, { action, targetType: 'Partner', targetId: where.partnerId, details: { hashes } })
    return tx.registeredOperation.findMany({ where, orderBy: { id: 'asc' } })
  })
  operations.forget()
  wakeUps.notify(accessTopic)
  return changed
}

const shown = (hash: string) => `sha256:${hash.slice(0, 12)}…`
