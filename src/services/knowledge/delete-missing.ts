import { Prisma, type Run } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { runTopic } from '../../stores/event-log.ts'
import { progressRun } from '../runs/progress-run.ts'

const atOnce = 16

/**
 * Deletes the articles that earlier imports of this kind brought and this one lacks: of files, or of pages on the same hosts. A CSV file that could
 * not be read keeps its rows, and so does one with a row of which not even the name could be read.
 */
export async function deleteMissing(
  { database, wakeUps }: Pick<Resources, 'database' | 'wakeUps'>,
  {
    run,
    source,
    signal,
    onDeleted,
  }: { run: Run; source: 'files' | 'urls' | undefined; signal: AbortSignal; onDeleted(ids: string[]): Promise<void> },
): Promise<void> {
  const ofThisKind =
    source === 'urls'
      ? Prisma.sql`a."sourcePath" ~ '^https?://' AND EXISTS (
          SELECT 1 FROM "ImportFile" f WHERE f."runId" = ${run.id} AND split_part(f."path", '/', 3) = split_part(a."sourcePath", '/', 3))`
      : Prisma.sql`a."sourcePath" !~ '^https?://'`
  for (;;) {
    signal.throwIfAborted()
    const missing = await database.$queryRaw<{ id: string; path: string }[]>`
      SELECT a."id", a."sourcePath" AS path FROM "Article" a
      WHERE ${ofThisKind} AND NOT EXISTS (
        SELECT 1 FROM "ImportFile" f WHERE f."runId" = ${run.id}
          AND (f."path" = a."sourcePath" OR (f."outcome" = 'failed' AND starts_with(a."sourcePath", regexp_replace(f."path", '#row-[0-9]+$', '') || '#'))))
      ORDER BY a."id" LIMIT ${atOnce}`
    if (missing.length === 0) return
    const articleIds = missing.map(({ id }) => id)
    await database.$transaction(async (tx) => {
      await tx.article.deleteMany({ where: { id: { in: articleIds } } })
      const articles = missing.length === 1 ? 'an article' : `${missing.length} articles`
      const message = `Deleted ${articles} that this import lacks: ${missing.map(({ path }) => path).join(', ')}`
      await progressRun(tx, run.id, { step: 'delete', done: run.total, total: run.total, message })
    })
    wakeUps.notify(runTopic(run.id))
    await onDeleted(articleIds)
  }
}
