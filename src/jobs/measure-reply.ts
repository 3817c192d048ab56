import type { Resources } from '../resources.ts'
import { queueComparison } from '../services/experiments/keep-comparing.ts'
import { measureReply } from '../services/support/measure-reply.ts'

export async function workOnMeasuring(resources: Resources): Promise<void> {
  await resources.queue.work('measure-reply', { concurrency: 1 }, async ({ messageId }, { signal }) => {
    await measureReply(resources, { messageId, signal })
    await queueComparison(resources)
  })
}
