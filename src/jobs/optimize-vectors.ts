import type { Resources } from '../resources.ts'

export async function workOnVectors({ queue, vectors, generations }: Resources): Promise<void> {
  await queue.work('optimize-vectors', { concurrency: 1 }, async () => vectors.index(await generations.live()).optimize())
}
