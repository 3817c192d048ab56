import type { Resources } from '../resources.ts'
import { measureReply } from '../services/support/measure-reply.ts'

export async function workOnMeasuring(resources: Resources): Promise<void> {
  await resources.queue.work('measure-reply', { concurrency: 1 }, ({ messageId }, { signal }) => measureReply(resources, { messageId, signal }))
}
