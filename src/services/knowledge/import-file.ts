import { createHash } from 'node:crypto'
import type { ImportFile } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import { runTopic } from '../../stores/event-log.ts'
import { progressRun } from '../runs/progress-run.ts'
import type { ArticleContent } from './check-article.ts'
import { ArticleFileError, nameFromPath, parseArticleFile } from './parse-article-file.ts'
import { slugFrom } from './slug.ts'
import { differences, lockArticle, retryOnSameSlug, storeChange, storeNewArticle } from './store-article.ts'

type Outcome = 'created' | 'updated' | 'unchanged' | 'failed'

/** Stores one file as an article, with its outcome and the run's step in one transaction. Returns the article's id when it has to be indexed. */
export async function importFile(
  { database, wakeUps }: Pick<Resources, 'database' | 'wakeUps'>,
  { file, total, authorId }: { file: ImportFile; total: number; authorId: string | null },
): Promise<string | null> {
  const { runId, position, path } = file
  const { content, problem } = read(file)
  const articleId = await retryOnSameSlug(() =>
    database.$transaction(async (tx) => {
      const stored = content
        ? await store(tx, content, { path, hash: hashOf(file.content ?? ''), authorId })
        : { outcome: 'failed' as const, articleId: null }
      await tx.importFile.update({ where: { runId_position: { runId, position } }, data: { outcome: stored.outcome, problem, content: null } })
      await progressRun(tx, runId, { step: 'import', done: position + 1, total, message: describe(path, stored.outcome, problem) })
      return stored.articleId
    }),
  )
  wakeUps.notify(runTopic(runId))
  return articleId
}

function read({ path, content, problem }: ImportFile): { content: ArticleContent | null; problem: string | null } {
  if (content === null) return { content: null, problem: problem ?? 'it has no content' }
  try {
    return { content: parseArticleFile({ path, content }), problem: null }
  } catch (error) {
    if (!(error instanceof ArticleFileError)) throw error
    return { content: null, problem: error.message }
  }
}

async function store(
  tx: Transaction,
  content: ArticleContent,
  { path, hash, authorId }: { path: string; hash: string; authorId: string | null },
): Promise<{ outcome: Outcome; articleId: string | null }> {
  const source = { sourcePath: path, sourceHash: hash }
  const known = await tx.article.findUnique({ where: { sourcePath: path }, select: { id: true } })
  const article = known && (await lockArticle(tx, known.id))
  if (!article) {
    const { id } = await storeNewArticle(tx, content, { slug: slugFrom(nameFromPath(path)), authorId, ...source })
    return { outcome: 'created', articleId: id }
  }
  // The same file again: what people changed in the article since stays.
  if (article.sourceHash === hash) return { outcome: 'unchanged', articleId: null }
  const changes = differences(article, content)
  if (Object.keys(changes).length === 0) {
    await tx.article.update({ where: { id: article.id }, data: { ...source, updatedAt: article.updatedAt } })
    return { outcome: 'unchanged', articleId: null }
  }
  await storeChange(tx, article, changes, { authorId, ...source })
  return { outcome: 'updated', articleId: article.id }
}

function describe(path: string, outcome: Outcome, problem: string | null): string {
  if (outcome === 'failed') return `${path} was left out: ${problem}`
  return outcome === 'unchanged' ? `${path} is unchanged` : `${path} was ${outcome}`
}

const hashOf = (content: string) => createHash('sha256').update(content).digest('hex')
