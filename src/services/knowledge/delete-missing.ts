import { Prisma, type Run } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { runTopic } from '../../stores/event-log.ts'
import { progressRun } from '../runs/progress-run.ts'
import { deletesTooMany } from './deletes-too-many.ts'
import { importParameters } from './import-parameters.ts'

type Needed = Pick<Resources, 'database' | 'wakeUps'>

const atOnce = 16

/**
 * Deletes the articles that earlier imports of this kind brought and this one lacks: of files, or of pages on the same hosts. A CSV file that could
 * not be read keeps its rows, and so does one with a row of which not even the name could be read. When that would be too many, none is deleted.
 */
export async function deleteMissing(
  { database, wakeUps }: Needed,
  { run, signal, onDeleted }: { run: Run; signal: AbortSignal; onDeleted(ids: string[]): Promise<void> },
): Promise<void> {
  if (!importParameters(run).confirmDeletions && (await refuseTooMany({ database }, run))) return
  for (;;) {
    signal.throwIfAborted()
    const missing = await database.$queryRaw<{ id: string; path: string }[]>`
      SELECT a."id", a."sourcePath" AS path FROM "Article" a WHERE ${ofThisKind(run)} AND ${isMissing(run)} ORDER BY a."id" LIMIT ${atOnce}`
    if (missing.length === 0) return
    const articleIds = missing.map(({ id }) => id)
    await database.$transaction(async (tx) => {
      const { count } = await tx.article.deleteMany({ where: { id: { in: articleIds } } })
      const articles = missing.length === 1 ? 'an article' : `${missing.length} articles`
      const message = `Deleted ${articles} that this import lacks: ${missing.map(({ path }) => path).join(', ')}`
      await progressRun(tx, run.id, { step: 'delete', done: run.total, total: run.total, message })
      await tx.$executeRaw`
        UPDATE "Run" SET "parameters" = "parameters" || jsonb_build_object('deleted', COALESCE(("parameters"->>'deleted')::int, 0) + ${count}::int)
        WHERE "id" = ${run.id}`
    })
    wakeUps.notify(runTopic(run.id))
    await onDeleted(articleIds)
  }
}

// Taken up again after some deletions, the rest is a smaller part of fewer articles: what was allowed stays so.
async function refuseTooMany({ database }: Pick<Needed, 'database'>, run: Run): Promise<boolean> {
  const [counted] = await database.$queryRaw<{ missing: number; brought: number }[]>`
    SELECT count(*)::int AS brought, count(*) FILTER (WHERE ${isMissing(run)})::int AS missing FROM "Article" a
    WHERE ${ofThisKind(run)} AND NOT EXISTS (
      SELECT 1 FROM "ImportFile" f WHERE f."runId" = ${run.id} AND f."path" = a."sourcePath" AND f."outcome" = 'created')`
  const { missing, brought } = counted!
  if (!deletesTooMany({ missing, brought })) return false
  const [whose, what] = importParameters(run).source === 'urls' ? ['from these hosts', 'addresses'] : ['of files', 'folder']
  const notDeleted = `deleteMissing would delete ${missing} of ${brought} articles that earlier imports ${whose} brought; nothing was deleted. Check the ${what}, or repeat with confirmDeletions.`
  await database.$executeRaw`
    UPDATE "Run" SET "parameters" = "parameters" || jsonb_build_object('notDeleted', ${notDeleted}::text) WHERE "id" = ${run.id}`
  return true
}

const ofThisKind = (run: Run) =>
  importParameters(run).source === 'urls'
    ? Prisma.sql`a."sourcePath" ~ '^https?://' AND EXISTS (
        SELECT 1 FROM "ImportFile" f WHERE f."runId" = ${run.id} AND split_part(f."path", '/', 3) = split_part(a."sourcePath", '/', 3))`
    : Prisma.sql`a."sourcePath" !~ '^https?://'`

const isMissing = (run: Run) => Prisma.sql`NOT EXISTS (
  SELECT 1 FROM "ImportFile" f WHERE f."runId" = ${run.id}
    AND (f."path" = a."sourcePath" OR (f."outcome" = 'failed' AND starts_with(a."sourcePath", regexp_replace(f."path", '#row-[0-9]+$', '') || '#'))))`
