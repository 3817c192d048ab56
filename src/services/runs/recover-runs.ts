import type { RunKind } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { jobOfRun } from './job-of-run.ts'

const atOnce = 1_000

/**
 * Runs that wait or run and have no job any more get a new one: a worker that was killed again and again used up the tries of the old one.
 * Returns how many there were.
 */
export async function recoverRuns({ database, queue }: Pick<Resources, 'database' | 'queue'>): Promise<number> {
  return database.$transaction(async (tx) => {
    // Two replicas that look at the same time must not both send one.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('understudy.recover-runs'))`
    const kinds = Object.keys(jobOfRun) as RunKind[]
    // Before the jobs: a run that ends in between gets a job that finds nothing to do, and never none.
    const runs = await tx.run.findMany({
      where: { kind: { in: kinds }, status: { in: ['QUEUED', 'RUNNING'] } },
      select: { id: true, kind: true },
      orderBy: { createdAt: 'asc' },
      take: atOnce,
    })
    let sent = 0
    for (const kind of new Set(runs.map((run) => run.kind))) {
      const name = jobOfRun[kind]!
      const live = new Set((await queue.liveJobs(name, { transaction: tx })).map(({ payload }) => payload.runId))
      for (const { id } of runs.filter((run) => run.kind === kind && !live.has(run.id))) {
        await queue.send(name, { runId: id }, { transaction: tx })
        sent += 1
      }
    }
    return sent
  })
}
