import type { Run } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { runTopic } from '../../stores/event-log.ts'
import { progressRun } from '../runs/progress-run.ts'
import { countOutcomes } from './count-outcomes.ts'
import { importParameters } from './import-parameters.ts'

/** The last step of an import: how many files, what became of them, and what was deleted, or why nothing was. */
export async function summariseImport({ database, wakeUps }: Pick<Resources, 'database' | 'wakeUps'>, run: Run): Promise<void> {
  const { outcomes, deleted } = await countOutcomes({ database }, { runId: run.id })
  const { parameters } = await database.run.findUniqueOrThrow({ where: { id: run.id }, select: { parameters: true } })
  const { notDeleted } = importParameters({ parameters })
  const files = Object.entries(outcomes)
    .map(([outcome, count]) => `${count} ${outcome === 'failed' ? 'left out' : outcome}`)
    .sort()
    .join(', ')
  const message = [
    `${run.total} ${run.total === 1 ? 'file' : 'files'}: ${files}`,
    ...(deleted > 0 ? [`; ${deleted} ${deleted === 1 ? 'article' : 'articles'} deleted`] : []),
    ...(notDeleted ? [`. ${notDeleted}`] : []),
  ].join('')
  await database.$transaction((tx) => progressRun(tx, run.id, { step: 'done', done: run.total, total: run.total, message }))
  wakeUps.notify(runTopic(run.id))
}
