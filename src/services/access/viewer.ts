import type { Role } from '../../generated/prisma/client.ts'

/** Who asks, and by which operation. Agents and admins have an agent behind them, customers a customer, partners a partner. */
export interface Viewer {
  /** The key's id, or the token's: what budgets and idempotency keys are counted by. */
  callerId: string
  name: string
  role: Role
  agentId: string | null
  customerId: string | null
  partnerId: string | null
  /** When the key or token stops being valid. */
  expiresAt: Date | null
  /** The operation's name in the client's document. */
  operation?: string | null
  /** Of a request that came with an idempotency key. */
  idempotentRequestId?: string
}
