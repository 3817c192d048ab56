import type { Conversation } from '../../generated/prisma/client.ts'
import type { Transaction } from '../../stores/database.ts'
import { assignTo } from './assign-to.ts'
import type { Actor } from './record-timeline.ts'

/**
 * Gives the conversation to the available agent with the fewest that wait for an answer or a customer; of those alike, to whoever was given one
 * longest ago. Admins only when no agent is there. Null when nobody is. Asked for several at once it spreads them: each waits for the one before.
 */
export async function assignByLoad(tx: Transaction, conversation: Conversation, actor: Actor): Promise<Conversation | null> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('understudy.assign'))`
  const [agent] = await tx.$queryRaw<{ id: string }[]>`
    SELECT agent."id" FROM "Agent" AS agent
    CROSS JOIN LATERAL (
      SELECT bool_or(key."role" = 'AGENT') AS "isAgent", count(*) AS "count" FROM "ApiKey" AS key
      WHERE key."agentId" = agent."id" AND key."role" IN ('AGENT', 'ADMIN') AND key."revokedAt" IS NULL
        AND (key."expiresAt" IS NULL OR key."expiresAt" > now())
    ) AS keys
    CROSS JOIN LATERAL (
      SELECT count(*) AS "count" FROM "Conversation" AS other
      WHERE other."assigneeId" = agent."id" AND other."status" IN ('OPEN', 'PENDING') AND other."id" <> ${conversation.id}
    ) AS load
    WHERE agent."isAvailable" AND keys."count" > 0
    ORDER BY keys."isAgent" DESC, load."count", agent."lastAssignedAt" NULLS FIRST, agent."id" LIMIT 1`
  return agent ? assignTo(tx, conversation, { assigneeId: agent.id, actor }) : null
}
