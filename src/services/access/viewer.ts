import type { Role } from '../../generated/prisma/client.ts'

/** Who asks. Agents and admins have an agent behind them, customers a customer. */
export interface Viewer {
  keyId: string
  name: string
  role: Role
  agentId: string | null
  customerId: string | null
}
