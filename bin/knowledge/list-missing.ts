import { isUrl } from '../../src/services/knowledge/crawl/fetch-article.ts'
import { deletesTooMany } from '../../src/services/knowledge/deletes-too-many.ts'
import { articlePages } from './article-pages.ts'
import type { CheckedFile } from './check-folder.ts'
import type { Base } from './open-base.ts'

const mostNames = 50

type Imported = { slug: string; sourcePath: string }

/** Says what an import of these files would delete, as `deleteMissing` decides it. */
export async function listMissing(base: Base, files: CheckedFile[]): Promise<void> {
  const brought: Imported[] = []
  for await (const { slug, sourcePath } of articlePages<{ slug: string; sourcePath: string | null }>(base, 100, 'slug sourcePath'))
    if (sourcePath !== null && !isUrl(sourcePath)) brought.push({ slug, sourcePath })
  const missing = missingOf(brought, files).sort((a, b) => (a.sourcePath < b.sourcePath ? -1 : 1))
  for (const { sourcePath } of missing.slice(0, mostNames)) process.stdout.write(`${sourcePath} would be deleted\n`)
  if (missing.length > mostNames) process.stdout.write(`… and ${missing.length - mostNames} more\n`)
  process.stdout.write(`${missing.length} of ${brought.length} articles that imports brought would be deleted.\n`)
  if (deletesTooMany({ missing: missing.length, brought: brought.length }))
    process.stdout.write('That is more than half: without --confirm-deletions nothing would be deleted.\n')
}

function missingOf(brought: Imported[], files: CheckedFile[]): Imported[] {
  const there = new Set(files.map(({ path }) => path))
  const known = new Set(brought.map(({ sourcePath }) => sourcePath))
  // A new file that names an article's slug takes it over.
  const takenOver = new Set(files.flatMap((file) => ('slug' in file && file.slug !== null && !known.has(file.path) ? [file.slug] : [])))
  // Rows of a file that could not be read, or of one with a row whose name could not, are kept.
  const unreadable = files.flatMap((file) => ('problem' in file ? [`${file.path.replace(/#row-[0-9]+$/, '')}#`] : []))
  return brought.filter(
    ({ slug, sourcePath }) => !there.has(sourcePath) && !takenOver.has(slug) && !unreadable.some((start) => sourcePath.startsWith(start)),
  )
}
