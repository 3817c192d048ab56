import type { Run } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { runTopic } from '../../stores/event-log.ts'
import { progressRun, type RunStep } from './progress-run.ts'

/** Tells how far a run is, in a transaction of its own. Throws RunStoppedError when somebody wants it to stop. */
export async function tellRun({ database, wakeUps }: Pick<Resources, 'database' | 'wakeUps'>, run: Pick<Run, 'id'>, step: RunStep): Promise<void> {
  await database.$transaction((tx) => progressRun(tx, run.id, step))
  wakeUps.notify(runTopic(run.id))
}
