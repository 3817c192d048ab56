import type { Routing } from '../../engines/intent-router.ts'
import type { Prisma } from '../../generated/prisma/client.ts'

/** Why it was routed so, as a draft and its first event keep it. */
export type RoutingDetails = Pick<Routing, 'alternatives' | 'nearest'>

export function toRoutingDetails({ alternatives, nearest }: RoutingDetails): RoutingDetails & Prisma.InputJsonObject {
  return { alternatives, nearest }
}

/** All of it, for an event: that keeps what was true when it was written. */
export function toRoutingEvent({ intent, confidence, margin, outOfScope, ...details }: Routing) {
  return { intent, confidence, margin, outOfScope, ...toRoutingDetails(details) }
}

/** Both are empty on what was routed before they were kept. */
export function readRoutingDetails(stored: Prisma.JsonValue | undefined): RoutingDetails {
  return { alternatives: [], nearest: [], ...(stored as Partial<RoutingDetails> | null) }
}
