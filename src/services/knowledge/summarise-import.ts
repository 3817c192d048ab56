import type { Run } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { runTopic } from '../../stores/event-log.ts'
import { progressRun } from '../runs/progress-run.ts'
import { countOutcomes } from './count-outcomes.ts'

/** The last step of an import: how many files, and what became of them. */
export async function summariseImport({ database, wakeUps }: Pick<Resources, 'database' | 'wakeUps'>, run: Run): Promise<void> {
  const outcomes = Object.entries(await countOutcomes({ database }, { runId: run.id }))
    .map(([outcome, count]) => `${count} ${outcome === 'failed' ? 'left out' : outcome}`)
    .sort()
    .join(', ')
  const message = `${run.total} ${run.total === 1 ? 'file' : 'files'}: ${outcomes}`
  await database.$transaction((tx) => progressRun(tx, run.id, { step: 'done', done: run.total, total: run.total, message }))
  wakeUps.notify(runTopic(run.id))
}
