import { setImmediate as breathe } from 'node:timers/promises'
import { EmbedderUnavailableError } from '../../engines/embedder.ts'
import type { Run } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { VectorStoreUnavailableError } from '../../stores/vectors.ts'
import { beginRun } from '../runs/begin-run.ts'
import { finishRun } from '../runs/finish-run.ts'
import { RunStoppedError } from '../runs/progress-run.ts'
import { addSitemapPages } from './crawl/add-sitemap-pages.ts'
import { SitemapError } from './crawl/read-sitemap.ts'
import { deleteMissing } from './delete-missing.ts'
import { importFile } from './import-file.ts'
import { importParameters } from './import-parameters.ts'
import { type IndexingNeeds, indexArticles } from './index-articles.ts'
import { summariseImport } from './summarise-import.ts'

type Needed = IndexingNeeds & Pick<Resources, 'config'>

const filesAtOnce = 16

/**
 * Reads the files of an import one by one and indexes them in batches. Taken up again after a crash, it goes on with the first file that
 * has no outcome: a file's article, its outcome and its event are written in one transaction.
 */
export async function runImport(
  resources: Needed,
  { runId, signal, isLastTry }: { runId: string; signal: AbortSignal; isLastTry: boolean },
): Promise<void> {
  const begun = await beginRun(resources, runId)
  if (!begun) return
  try {
    const run = await addSitemapPages(resources, begun, signal)
    await importFiles(resources, run, signal)
    await indexLeftOver(resources, run, signal)
    if (importParameters(run).deleteMissing) await deleteMissing(resources, { run, signal, onDeleted: (ids) => index(resources, ids, signal) })
    await summariseImport(resources, run)
    await finishRun(resources, { runId, status: 'COMPLETED' })
    await resources.queue.send('optimize-vectors', {})
  } catch (error) {
    if (error instanceof RunStoppedError) {
      await finishRun(resources, { runId, status: 'CANCELLED' })
      return
    }
    if (error instanceof SitemapError) {
      await finishRun(resources, { runId, status: 'FAILED', code: 'SITEMAP_UNAVAILABLE', message: error.message })
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
      const articleId = await importFile(resources, { file, total: run.total, authorId: run.createdById, signal })
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
