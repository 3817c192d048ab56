import type { Resources } from '../resources.ts'
import { startScheduled } from '../services/training/start-scheduled.ts'

export async function workOnSchedule(resources: Resources): Promise<void> {
  await resources.queue.work('schedule-retraining', { concurrency: 1 }, () => startScheduled(resources))
}
