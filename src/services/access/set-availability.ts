import type { Agent } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { NotFoundError } from '../errors.ts'

/** Whether an agent gets conversations by load from now on. */
export async function setAvailability(
  { database }: Pick<Resources, 'database'>,
  { agentId, isAvailable }: { agentId: string | null; isAvailable: boolean },
): Promise<Agent> {
  const [agent] = agentId === null ? [] : await database.agent.updateManyAndReturn({ where: { id: agentId }, data: { isAvailable } })
  if (!agent) throw new NotFoundError('agent')
  return agent
}
