import type { Resources } from '../../resources.ts'
import { importParameters } from './import-parameters.ts'

/** How many files of an import had which outcome so far, and how many articles it deleted. */
export async function countOutcomes(
  { database }: Pick<Resources, 'database'>,
  { runId }: { runId: string },
): Promise<{ outcomes: Record<string, number>; deleted: number }> {
  const counts = await database.importFile.groupBy({ by: ['outcome'], where: { runId, outcome: { not: null } }, _count: true })
  const run = await database.run.findUniqueOrThrow({ where: { id: runId }, select: { parameters: true } })
  return {
    outcomes: Object.fromEntries(counts.map(({ outcome, _count }) => [outcome, _count])),
    deleted: importParameters(run).deleted ?? 0,
  }
}
