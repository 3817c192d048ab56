import type { Resources } from '../../resources.ts'

/** How many files of an import had which outcome so far. */
export async function countOutcomes({ database }: Pick<Resources, 'database'>, { runId }: { runId: string }): Promise<Record<string, number>> {
  const counts = await database.importFile.groupBy({ by: ['outcome'], where: { runId, outcome: { not: null } }, _count: true })
  return Object.fromEntries(counts.map(({ outcome, _count }) => [outcome, _count]))
}
