import { createHash } from 'node:crypto'
import type { ImportFile } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import { runTopic } from '../../stores/event-log.ts'
import { progressRun } from '../runs/progress-run.ts'
import { fetchArticle, isUrl } from './crawl/fetch-article.ts'
import { ArticleFileError } from './files/article-file-error.ts'
import { isCsvRow, rowContent } from './files/csv-rows.ts'
import { parseArticleFile } from './files/parse-article-file.ts'
import type { ParsedArticle } from './files/parsed-article.ts'
import { retryOnSameSlug } from './store-article.ts'
import { storeImported } from './store-imported.ts'

type Needed = Pick<Resources, 'database' | 'wakeUps' | 'config' | 'logger'>
type Read = { parsed: ParsedArticle; hash: string } | { problem: string }

/**
 * Stores one file as an article, with its outcome and the run's step in one transaction. Returns the article's id when it has to be indexed. Does
 * nothing when another worker has done the file.
 */
export async function importFile(
  resources: Needed,
  { file, total, authorId, signal }: { file: ImportFile; total: number; authorId: string | null; signal: AbortSignal },
): Promise<string | null> {
  const { database, wakeUps } = resources
  const { runId, position, path } = file
  const read = await readFile(resources, file, signal)
  const articleId = await retryOnSameSlug(() =>
    database.$transaction(async (tx) => {
      if (!(await isOpen(tx, file))) return null
      const stored =
        'problem' in read ? { ...read, outcome: 'failed' as const } : await storeImported(tx, read.parsed, { runId, path, hash: read.hash, authorId })
      const problem = stored.outcome === 'failed' ? stored.problem : null
      await tx.importFile.update({ where: { runId_position: { runId, position } }, data: { outcome: stored.outcome, problem, content: null } })
      await progressRun(tx, runId, { step: 'import', done: position + 1, total, message: describe(path, stored.outcome, problem) })
      return 'articleId' in stored ? stored.articleId : null
    }),
  )
  wakeUps.notify(runTopic(runId))
  return articleId
}

async function readFile(resources: Needed, { runId, path, content, problem }: ImportFile, signal: AbortSignal): Promise<Read> {
  if (problem !== null) return { problem }
  try {
    if (isUrl(path)) {
      const parsed = await fetchArticle(resources, path, { signal })
      // Of what was understood: the rest of a page changes each time.
      return { parsed, hash: hashOf(JSON.stringify([parsed.content, parsed.slug?.value, parsed.phrasings])) }
    }
    if (content === null) return { problem: 'it has no content' }
    return { parsed: parseArticleFile({ path, content }), hash: hashOf(isCsvRow(path) ? rowContent(content) : content) }
  } catch (error) {
    if (error instanceof ArticleFileError) return { problem: error.message }
    if (signal.aborted) throw error
    // What trips us up in one file must not keep the others out, and would do so again on every try.
    resources.logger.error({ runId, err: error }, 'a file of an import cannot be read')
    return { problem: 'it cannot be read. The reason is in the server’s log; simplify its formatting.' }
  }
}

/** Locks the file's row: of two workers that were given the same run, one waits here and then finds it done. */
async function isOpen(tx: Transaction, { runId, position }: ImportFile): Promise<boolean> {
  const rows = await tx.$queryRaw<{ outcome: string | null }[]>`
    SELECT "outcome" FROM "ImportFile" WHERE "runId" = ${runId} AND "position" = ${position} FOR UPDATE`
  return rows.length > 0 && rows[0]!.outcome === null
}

function describe(path: string, outcome: string, problem: string | null): string {
  if (outcome === 'failed') return `${path} was left out: ${problem}`
  return outcome === 'unchanged' ? `${path} is unchanged` : `${path} was ${outcome}`
}

const hashOf = (content: string) => createHash('sha256').update(content).digest('hex')
