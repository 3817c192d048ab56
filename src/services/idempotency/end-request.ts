import type { Resources } from '../../resources.ts'
import { recordedChange } from './recorded-change.ts'
import { requestTopic } from './request-topic.ts'

type Needed = Pick<Resources, 'database' | 'wakeUps'>

/** What a repetition gets from now on. */
export async function keepAnswer({ database, wakeUps }: Needed, id: string, answer: string): Promise<void> {
  // A JSON value would come back with its fields in another order; as a string the answer stays as it was sent.
  await database.idempotentRequest.updateMany({ where: { id }, data: { response: answer, finishedAt: new Date() } })
  wakeUps.notify(requestTopic(id))
}

/**
 * The answer cannot be kept: it failed in a way that another try may mend, or holds what is shown once. A request that changed something is not
 * executed again; one that changed nothing may be, as if it had never come.
 */
export async function keepNoAnswer(resources: Needed, id: string, { isRepeatable }: { isRepeatable: boolean }): Promise<void> {
  const { database, wakeUps } = resources
  const request = await database.idempotentRequest.findUnique({ where: { id } })
  const change = request && !isRepeatable && (await recordedChange(resources, { ...request, createdAt: request.startedAt }))
  if (change) await database.idempotentRequest.updateMany({ where: { id }, data: { finishedAt: new Date() } })
  else await database.idempotentRequest.deleteMany({ where: { id } })
  wakeUps.notify(requestTopic(id))
}
