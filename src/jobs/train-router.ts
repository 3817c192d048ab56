import type { Resources } from '../resources.ts'
import { trainRouter } from '../services/routing/train-router.ts'

export async function workOnRouter(resources: Resources): Promise<void> {
  await resources.queue.work('train-router', { concurrency: 1 }, (_payload, { signal }) => trainRouter(resources, { signal }))
}
