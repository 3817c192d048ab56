import type { IdempotentRequest } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { type RecordedChange, recordedChange } from './recorded-change.ts'
import { requestTopic } from './request-topic.ts'

export interface RequestKey {
  callerId: string
  key: string
  /** Of what is asked for. */
  digest: string
  /** Asked for twice, it is done once all the same. */
  isRepeatable: boolean
}

export type Claim =
  | { state: 'EXECUTE'; id: string }
  | { state: 'ANSWERED'; answer: string }
  | { state: 'NOT_KEPT'; change: RecordedChange | null }
  /** The key was used for something else. */
  | { state: 'CONFLICT' }
  /** The first request is still at work. */
  | { state: 'BUSY' }

type Needed = Pick<Resources, 'database' | 'wakeUps'>

const keptMs = 24 * 3600_000
const longestWaitMs = 10_000
const lookEveryMs = 1_000
/** Longer than any mutation's transaction may last: whoever began then is dead. */
const abandonedAfterMs = 10 * 60_000

/** Whether a request with an idempotency key is to be executed now, or what became of the first one with that key. Waits a while for one that is at work. */
export async function claimRequest(resources: Needed, { callerId, key, digest, isRepeatable }: RequestKey): Promise<Claim> {
  const { database } = resources
  const deadline = Date.now() + longestWaitMs
  for (;;) {
    const now = Date.now()
    const earlier = await database.idempotentRequest.findUnique({ where: { callerId_key: { callerId, key } } })
    if (!earlier) {
      const data = { callerId, key, digest, expiresAt: new Date(now + keptMs) }
      const [begun] = await database.idempotentRequest.createManyAndReturn({ data: [data], skipDuplicates: true, select: { id: true } })
      if (begun) return { state: 'EXECUTE', id: begun.id }
      continue
    }
    if (earlier.expiresAt.getTime() <= now) {
      await database.idempotentRequest.deleteMany({ where: { id: earlier.id, expiresAt: { lte: new Date(now) } } })
      continue
    }
    if (earlier.digest !== digest) return { state: 'CONFLICT' }
    if (typeof earlier.response === 'string') return { state: 'ANSWERED', answer: earlier.response }
    if (earlier.finishedAt) return { state: 'NOT_KEPT', change: await changeOf(resources, earlier) }
    if (now - earlier.startedAt.getTime() > abandonedAfterMs || (isRepeatable && now >= deadline)) {
      const change = isRepeatable ? null : await changeOf(resources, earlier)
      if (change) return { state: 'NOT_KEPT', change }
      if (await takeOver(resources, earlier)) return { state: 'EXECUTE', id: earlier.id }
      continue
    }
    if (now >= deadline) return { state: 'BUSY' }
    await endOrTimeout(resources, earlier.id, Math.min(lookEveryMs, deadline - now))
  }
}

function changeOf(resources: Needed, { id, callerId, expiresAt }: IdempotentRequest): Promise<RecordedChange | null> {
  return recordedChange(resources, { id, callerId, createdAt: new Date(expiresAt.getTime() - keptMs) })
}

/** False when somebody else was faster. */
async function takeOver({ database }: Needed, { id, startedAt }: IdempotentRequest): Promise<boolean> {
  const { count } = await database.idempotentRequest.updateMany({ where: { id, startedAt, finishedAt: null }, data: { startedAt: new Date() } })
  return count > 0
}

function endOrTimeout({ wakeUps }: Needed, id: string, timeoutMs: number): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      stopListening()
      resolve()
    }
    const timer = setTimeout(end, timeoutMs)
    const stopListening = wakeUps.listen(requestTopic(id), end)
  })
}
