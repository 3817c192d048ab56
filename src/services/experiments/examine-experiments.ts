import type { Resources } from '../../resources.ts'
import { type Judged, judge } from './end-experiment.ts'
import { withVariants } from './measure-arms.ts'

/** What is known of each of these experiments now. */
export async function examineExperiments({ database }: Pick<Resources, 'database'>, ids: string[]): Promise<Map<string, Judged>> {
  const experiments = await database.experiment.findMany({ where: { id: { in: ids } }, include: withVariants })
  const judged = await Promise.all(experiments.map((experiment) => judge(database, experiment)))
  return new Map(judged.map((one) => [one.experiment.id, one]))
}
