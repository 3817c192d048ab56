import type { Agent, Run } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { NotFoundError } from '../errors.ts'
import { forgetExamples } from './forget-examples.ts'
import { liveRetraining, lockRetraining, queueRetraining } from './start-retraining.ts'

export interface Revocation {
  agent: Agent
  examples: number
  learnedItems: number
  run: Run | null
}

/** Everything that one agent taught is excluded and forgotten at once; where something had been learned from it, a retraining learns anew. */
export async function revokeAgentContributions(
  { database, queue, learned }: Pick<Resources, 'database' | 'queue' | 'learned'>,
  { agentId, by }: { agentId: string; by: Viewer | null },
): Promise<Revocation> {
  const revoked = await database.$transaction(async (tx) => {
    const agent = await tx.agent.findUnique({ where: { id: agentId } })
    if (!agent) throw new NotFoundError('agent')
    await lockRetraining(tx)
    const theirs = { OR: [{ agentId }, { feedback: { agentId } }] }
    const ids = (await tx.trainingExample.findMany({ where: theirs, select: { id: true } })).map(({ id }) => id)
    const { count } = await tx.trainingExample.updateMany({
      where: { id: { in: ids }, NOT: { state: 'EXCLUDED', reviewedAt: { not: null } } },
      data: {
        state: 'EXCLUDED',
        stateReason: 'What this agent taught was revoked.',
        reviewedAt: new Date(),
        reviewedById: by?.agentId ?? null,
        processed: false,
        processedAt: null,
      },
    })
    const { learnedItems, wasLearned } = await forgetExamples({ queue }, tx, ids)
    const run = wasLearned && !(await liveRetraining(tx)) ? await queueRetraining({ queue }, tx, { trigger: 'REBUILD', by }) : null
    if (count > 0 || run)
      await recordAudit(tx, by, {
        action: 'revokeAgentContributions',
        targetType: 'Agent',
        targetId: agentId,
        details: { examples: count, learnedItems, runId: run?.id ?? null },
      })
    return { agent, examples: count, learnedItems, run }
  })
  learned.changed()
  return revoked
}
