import type { Resources } from '../resources.ts'
import { checkExperiments } from '../services/experiments/check-experiments.ts'
import { watchPromotion } from '../services/experiments/watch-promotion.ts'

export async function workOnExperiments(resources: Resources): Promise<void> {
  await resources.queue.work('check-experiments', { concurrency: 1 }, async () => {
    await checkExperiments(resources)
    await watchPromotion(resources)
  })
}
