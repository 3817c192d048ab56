import type { Resources } from '../resources.ts'

export async function workOnVectors(resources: Resources): Promise<void> {
  await resources.queue.work('optimize-vectors', { concurrency: 1 }, () => resources.vectors.optimize())
}
