import type { Viewer } from '../../src/services/access/viewer.ts'

/** Somebody who may do everything, for simulations that call services themselves. */
export function simulatedAdmin(name: string, agentId: string | null = null): Viewer {
  return { callerId: name, keyId: null, name, role: 'ADMIN', agentId, customerId: null, partnerId: null, expiresAt: null }
}
