import type { Transaction } from '../../stores/database.ts'
import type { Viewer } from './viewer.ts'

export interface AuditedChange {
  /** The mutation's name. */
  action: string
  /** What was changed: the name of its type in the schema, and the row's id. */
  targetType?: string
  targetId?: string
  /** Ids, statuses and numbers. Never what a customer wrote, and no secret. */
  details?: Record<string, string | number | boolean | null | string[]>
}

/**
 * Writes into the audit log who changed what, in the transaction of the change: neither exists without the other. Nothing is written where nothing
 * changed. `by` null: the server itself, or a script of its operator.
 */
export async function recordAudit(tx: Transaction, by: Viewer | null, { details = {}, ...change }: AuditedChange): Promise<void> {
  // By the request's id it is known whether a request that never got its answer had done its work.
  const request = by?.idempotentRequestId ? { [requestDetail]: by.idempotentRequestId } : {}
  await tx.auditEntry.createMany({ data: [{ ...change, ...(by && whoOf(by)), details: { ...details, ...request } }] })
}

export const requestDetail = 'idempotentRequestId'

function whoOf(by: Viewer) {
  const { role, callerId, operation = null } = by
  return { role, callerId, operation, ...actorOf(by) }
}

function actorOf({ role, name, callerId, agentId, customerId, partnerId }: Viewer) {
  // Of customers the log, which nobody can change, keeps no name.
  if (role === 'CUSTOMER') return { actorType: 'Customer', actorId: customerId }
  if (role === 'PARTNER' && partnerId !== null) return { actorType: 'Partner', actorId: partnerId, actorName: name }
  if (agentId !== null) return { actorType: 'Agent', actorId: agentId, actorName: name }
  return { actorType: 'ApiKey', actorId: callerId, actorName: name }
}
