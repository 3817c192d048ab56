import { setImmediate as breathe } from 'node:timers/promises'
import { EmbedderUnavailableError } from '../../engines/embedder.ts'
import type { Run } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { runTopic } from '../../stores/event-log.ts'
import { VectorStoreUnavailableError } from '../../stores/vectors.ts'
import { beginRun } from '../runs/begin-run.ts'
import { finishRun } from '../runs/finish-run.ts'
import { progressRun, RunStoppedError } from '../runs/progress-run.ts'
import { importFile } from './import-file.ts'
import { indexArticles } from './index-articles.ts'

type Needed = Pick<Resources, 'database' | 'queue' | 'wakeUps' | 'vectors' | 'embedder' | 'countTokens' | 'logger'>

const filesAtOnce = 16

/**
 * Reads the files of an import one by one and indexes them in batches. Taken up again after a crash, it goes on with the first file that
 * has no outcome: a file's article, its outcome and its event are written in one transaction.
 */
export async function runImport(
  resources: Needed,
  { runId, signal, isLastTry }: { runId: string; signal: AbortSignal; isLastTry: boolean },
): Promise<void> {
  const run = await beginRun(resources, runId)
  if (!run) return
  try {
    await importFiles(resources, run, signal)
    await indexLeftOver(resources, run, signal)
    if (deletesMissing(run)) await deleteMissing(resources, run, signal)
    await summarise(resources, run)
    await finishRun(resources, { runId, status: 'COMPLETED' })
    await resources.queue.send('optimize-vectors', {})
  } catch (error) {
    if (error instanceof RunStoppedError) {
      await finishRun(resources, { runId, status: 'CANCELLED' })
      return
    }
    // The job is tried again, here or on another replica, and goes on where this one stopped.
    if (signal.aborted || !isLastTry) throw error
    resources.logger.error({ runId, err: error }, 'import failed')
    await finishRun(resources, {
      runId,
      status: 'FAILED',
      code: 'INTERNAL_SERVER_ERROR',
      message: 'Something went wrong on our side. What was read so far is kept; start the import again to go on.',
    })
  }
}

async function importFiles(resources: Needed, run: Run, signal: AbortSignal): Promise<void> {
  const { database } = resources
  for (;;) {
    const files = await database.importFile.findMany({ where: { runId: run.id, outcome: null }, orderBy: { position: 'asc' }, take: filesAtOnce })
    if (files.length === 0) return
    const changed: string[] = []
    for (const file of files) {
      signal.throwIfAborted()
      const articleId = await importFile(resources, { file, total: run.total, authorId: run.createdById })
      if (articleId) changed.push(articleId)
      // Reading and cutting a large file takes a while: requests get their turn in between.
      await breathe()
    }
    await index(resources, changed, signal)
  }
}

// What an earlier try had stored and did not come to index.
async function indexLeftOver(resources: Needed, run: Run, signal: AbortSignal): Promise<void> {
  const rows = await resources.database.$queryRaw<{ id: string }[]>`
    SELECT a."id" FROM "Article" a JOIN "ImportFile" f ON f."path" = a."sourcePath"
    WHERE f."runId" = ${run.id} AND f."outcome" IN ('created', 'updated') AND a."indexState" = 'PENDING'`
  for (let start = 0; start < rows.length; start += filesAtOnce)
    await index(
      resources,
      rows.slice(start, start + filesAtOnce).map(({ id }) => id),
      signal,
    )
}

async function index(resources: Needed, articleIds: string[], signal: AbortSignal): Promise<void> {
  if (articleIds.length === 0) return
  try {
    await indexArticles(resources, { articleIds, signal })
  } catch (error) {
    if (!(error instanceof EmbedderUnavailableError || error instanceof VectorStoreUnavailableError)) throw error
    // The articles are stored and found by keyword; they become INDEXED when the part is back.
    await resources.queue.send('index-articles', { articleIds }, { afterSeconds: 30 })
  }
}

async function deleteMissing(resources: Needed, run: Run, signal: AbortSignal): Promise<void> {
  const { database, wakeUps } = resources
  for (;;) {
    signal.throwIfAborted()
    const missing = await database.$queryRaw<{ id: string; path: string }[]>`
      SELECT a."id", a."sourcePath" AS path FROM "Article" a
      WHERE a."sourcePath" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "ImportFile" f WHERE f."runId" = ${run.id} AND f."path" = a."sourcePath")
      ORDER BY a."id" LIMIT ${filesAtOnce}`
    if (missing.length === 0) return
    const articleIds = missing.map(({ id }) => id)
    await database.$transaction(async (tx) => {
      await tx.article.deleteMany({ where: { id: { in: articleIds } } })
      const message = `Deleted ${missing.length === 1 ? 'an article' : `${missing.length} articles`} that this import lacks: ${missing.map(({ path }) => path).join(', ')}`
      await progressRun(tx, run.id, { step: 'delete', done: run.total, total: run.total, message })
    })
    wakeUps.notify(runTopic(run.id))
    await index(resources, articleIds, signal)
  }
}

async function summarise({ database, wakeUps }: Needed, run: Run): Promise<void> {
  const counts = await database.importFile.groupBy({ by: ['outcome'], where: { runId: run.id }, _count: true })
  const message = counts
    .map(({ outcome, _count }) => `${_count} ${outcome === 'failed' ? 'left out' : outcome}`)
    .sort()
    .join(', ')
  await database.$transaction((tx) =>
    progressRun(tx, run.id, { step: 'done', done: run.total, total: run.total, message: `${run.total} files: ${message}` }),
  )
  wakeUps.notify(runTopic(run.id))
}

const deletesMissing = ({ parameters }: Run) => (parameters as { deleteMissing?: boolean }).deleteMissing === true
