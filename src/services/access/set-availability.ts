import type { Agent } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { NotFoundError } from '../errors.ts'
import { recordAudit } from './record-audit.ts'
import type { Viewer } from './viewer.ts'

/** Whether an agent gets conversations by load from now on. */
export async function setAvailability(
  { database }: Pick<Resources, 'database'>,
  { agentId, isAvailable, by }: { agentId: string | null; isAvailable: boolean; by: Viewer | null },
): Promise<Agent> {
  return database.$transaction(async (tx) => {
    const where = { id: agentId ?? 'nobody' }
    const [changed] = await tx.agent.updateManyAndReturn({ where: { ...where, isAvailable: !isAvailable }, data: { isAvailable } })
    if (changed) await recordAudit(tx, by, { action: 'setAvailability', targetType: 'Agent', targetId: changed.id, details: { isAvailable } })
    const agent = changed ?? (await tx.agent.findUnique({ where }))
    if (!agent) throw new NotFoundError('agent')
    return agent
  })
}
