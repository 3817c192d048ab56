import type { Role } from '../../generated/prisma/client.ts'

/** Who asks, and by which operation. Agents and admins have an agent behind them, customers a customer, partners a partner. */
export interface Viewer {
  /** The key's id, or the token's: what budgets and idempotency keys are counted by. */
  callerId: string
  /** The key that the right rests on, also of a token that was made with one: when that one ends, so does the right. Null for JWTs. */
  keyId: string | null
  name: string
  role: Role
  agentId: string | null
  customerId: string | null
  /** Also of a customer whose token a partner made: then only what that partner opened is theirs to see. */
  partnerId: string | null
  /** When the key or token stops being valid. */
  expiresAt: Date | null
  /** Of its key, where that has its own. */
  costPerMinute?: number | null
  llmTokensPerDay?: number | null
  /** Of a customer whose token a partner made: the partner's key, which pays for them too. */
  madeWith?: Pick<Viewer, 'callerId' | 'role' | 'costPerMinute' | 'llmTokensPerDay'> | null
  /** The operation's name in the client's document. */
  operation?: string | null
  /** Of a request that came with an idempotency key. */
  idempotentRequestId?: string
}

export function isStaff({ role }: Pick<Viewer, 'role'>): boolean {
  return role === 'ADMIN' || role === 'AGENT'
}
