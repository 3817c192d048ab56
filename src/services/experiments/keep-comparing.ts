import type { Resources } from '../../resources.ts'
import { watchedPromotion } from './watch-promotion.ts'

type Needed = Pick<Resources, 'database' | 'queue' | 'config' | 'logger'>

const lookEveryMs = 60_000
/** However many replies are sent meanwhile, and however many replicas look: of 10,000 drafts one look takes the database 0.1 to 0.2 s. */
const checkEverySeconds = 15

/** Has the running experiment and the promoted version looked at now and then, also when no reply is sent. Returns what stops it. */
export function keepComparing(resources: Needed): () => Promise<void> {
  let looking: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    looking = queueComparison(resources).catch((error: unknown) =>
      resources.logger.error({ err: error }, 'no look at the experiment could be queued'),
    )
  }, lookEveryMs)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await looking
  }
}

/** Where there is nothing to compare, it costs two queries. */
export async function queueComparison({ database, queue, config }: Omit<Needed, 'logger'>): Promise<void> {
  const running = await database.experiment.findFirst({ where: { status: 'RUNNING' }, select: { id: true } })
  if (running === null && (await watchedPromotion(database, config.ROLL_BACK_DAYS)) === null) return
  await queue.send('check-experiments', {}, { atMostEverySeconds: checkEverySeconds, orNextTime: true })
}
