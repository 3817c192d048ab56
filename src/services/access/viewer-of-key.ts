import type { ApiKey } from '../../generated/prisma/client.ts'
import type { Viewer } from './viewer.ts'

export function viewerOfKey({ id, name, role, agentId, customerId, partnerId, expiresAt, costPerMinute, llmTokensPerDay }: ApiKey): Viewer {
  return { callerId: id, keyId: id, name, role, agentId, customerId, partnerId, expiresAt, costPerMinute, llmTokensPerDay }
}
