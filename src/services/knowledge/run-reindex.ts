import { EmbedderUnavailableError } from '../../engines/embedder.ts'
import type { IndexGeneration, Run } from '../../generated/prisma/client.ts'
import { runTopic } from '../../stores/event-log.ts'
import { VectorStoreUnavailableError } from '../../stores/vectors.ts'
import { beginRun } from '../runs/begin-run.ts'
import { finishRun } from '../runs/finish-run.ts'
import { progressRun, RunStoppedError } from '../runs/progress-run.ts'
import { activateGeneration, dropUnused } from './activate-generation.ts'
import { embedderOf } from './embedder-of.ts'
import { type IndexingNeeds, indexInGeneration } from './index-articles.ts'
import { probeRecall } from './probe-recall.ts'
import { queueUnindexed } from './queue-unindexed.ts'
import { syncVectors } from './sync-vectors.ts'

const articlesAtOnce = 16
const leastRecall = 0.95
const mostPasses = 20

/** What keeps a finished index from going live. */
class UnfitIndexError extends Error {}

/**
 * Builds a generation, checks it and swaps it in. Taken up again after a crash it goes on where it stopped: what is built is in the database,
 * and until the swap, one transaction, searches read the generation before.
 */
export async function runReindex(
  resources: IndexingNeeds,
  { runId, signal, isLastTry }: { runId: string; signal: AbortSignal; isLastTry: boolean },
): Promise<void> {
  const { database, generations, logger } = resources
  const run = await beginRun(resources, runId)
  const generation = await database.indexGeneration.findFirst({ where: { runId } })
  if (!run || !generation) return discard(resources, generation)
  try {
    if (generation.state === 'BUILDING') {
      await build(resources, run, generation, signal)
      const measured = await check(resources, run, generation, signal)
      await activateGeneration(resources, generation, measured)
      logger.info({ generation: generation.number, ...measured }, 'new search index is live')
    }
    generations.forget()
    await queueUnindexed(resources, { all: true })
    await finishRun(resources, { runId, status: 'COMPLETED' })
  } catch (error) {
    if (error instanceof RunStoppedError) {
      await discard(resources, generation)
      await finishRun(resources, { runId, status: 'CANCELLED' })
      return
    }
    const isFinal = error instanceof UnfitIndexError || (isLastTry && !signal.aborted)
    if (!isFinal) throw error
    logger.error({ runId, generation: generation.number, err: error }, 'the search index was not rebuilt')
    await discard(resources, generation)
    await finishRun(resources, { runId, status: 'FAILED', ...reasonOf(error) })
  }
}

async function build(resources: IndexingNeeds, run: Run, generation: IndexGeneration, signal: AbortSignal): Promise<void> {
  // With EMBEDDER=none an index without vectors is what is wanted.
  if (resources.embedder && !embedderOf(resources, generation))
    throw new UnfitIndexError(`The embedding model ${generation.embeddingModel} cannot be had here.`)
  // Articles that are changed meanwhile are written by their own jobs too; a last pass finds nothing left.
  for (let pass = 0; pass < mostPasses; pass++) {
    let after = ''
    let isWhole = true
    for (;;) {
      signal.throwIfAborted()
      const articleIds = await missing(resources, generation, after)
      if (articleIds.length === 0) break
      isWhole = false
      after = articleIds.at(-1)!
      const failure = await indexInGeneration(resources, { articleIds, generation, signal })
      if (failure) throw failure
      await step(resources, run, generation)
    }
    if (isWhole) return
  }
}

/** Published articles that the generation does not have in their present version. */
async function missing({ database }: IndexingNeeds, { number }: IndexGeneration, after: string): Promise<string[]> {
  const rows = await database.$queryRaw<{ id: string }[]>`
    SELECT a."id" FROM "Article" a WHERE a."id" > ${after} AND a."status" = 'PUBLISHED' AND a."indexState" <> 'FAILED'
      AND (NOT EXISTS (SELECT 1 FROM "Chunk" c WHERE c."generation" = ${number} AND c."articleId" = a."id" AND c."articleVersion" = a."version")
        OR EXISTS (SELECT 1 FROM "Phrasing" p WHERE p."articleId" = a."id" AND NOT EXISTS (SELECT 1 FROM "Chunk" c
          WHERE c."generation" = ${number} AND c."articleId" = a."id" AND c."kind" = 'PHRASING' AND c."text" = p."text"))
        OR EXISTS (SELECT 1 FROM "Chunk" c WHERE c."generation" = ${number} AND c."articleId" = a."id" AND c."kind" = 'PHRASING'
          AND NOT EXISTS (SELECT 1 FROM "Phrasing" p WHERE p."articleId" = a."id" AND p."text" = c."text")))
    ORDER BY a."id" LIMIT ${articlesAtOnce}`
  return rows.map(({ id }) => id)
}

async function step(resources: IndexingNeeds, run: Run, generation: IndexGeneration): Promise<void> {
  const { database, wakeUps } = resources
  const { articles } = await countsOf(resources, generation)
  const total = await database.article.count({ where: { status: 'PUBLISHED' } })
  const done = Math.min(articles, total)
  await database.$transaction((tx) =>
    progressRun(tx, run.id, { step: 'build', done, total, message: `${done} of ${total} articles are in the new index` }),
  )
  wakeUps.notify(runTopic(run.id))
}

/** Nothing goes live that lacks a chunk, or that finds less than it holds. */
async function check(resources: IndexingNeeds, run: Run, generation: IndexGeneration, signal: AbortSignal) {
  const { vectors } = resources
  await syncVectors(resources, generation)
  await vectors.index(generation).optimize()
  signal.throwIfAborted()
  const counts = await countsOf(resources, generation)
  const held = [...(await vectors.index(generation).articleVersions()).values()].reduce((sum, { chunks }) => sum + chunks, 0)
  if (held !== counts.chunks) throw new UnfitIndexError(`The new index holds ${held} chunks, and the database ${counts.chunks}.`)
  const recall = await probeRecall(resources, generation)
  if (recall !== null && recall < leastRecall) {
    throw new UnfitIndexError(
      `The new index finds only ${(100 * recall).toFixed(0)}% of the nearest chunks, and at least ${100 * leastRecall}% are asked.`,
    )
  }
  const message = `${counts.articles} articles, ${counts.chunks} chunks${recall === null ? '' : `, recall ${recall.toFixed(3)}`}`
  await resources.database.$transaction((tx) => progressRun(tx, run.id, { step: 'check', done: counts.articles, total: counts.articles, message }))
  resources.wakeUps.notify(runTopic(run.id))
  return { ...counts, recall }
}

async function countsOf({ database }: IndexingNeeds, { number }: IndexGeneration): Promise<{ articles: number; chunks: number }> {
  const [row] = await database.$queryRaw<{ articles: number; chunks: number }[]>`
    SELECT count(DISTINCT c."articleId")::int AS articles, count(*)::int AS chunks FROM "Chunk" c JOIN "Article" a ON a."id" = c."articleId"
    WHERE c."generation" = ${number} AND a."status" = 'PUBLISHED'`
  return row!
}

/** A generation that does not go live leaves nothing behind. */
async function discard(resources: IndexingNeeds, generation: IndexGeneration | null): Promise<void> {
  if (!generation) return
  const { count } = await resources.database.indexGeneration.deleteMany({ where: { number: generation.number, state: 'BUILDING' } })
  if (count > 0) await dropUnused(resources)
}

function reasonOf(error: unknown): { code: string; message: string } {
  const goesOn = 'The index before goes on answering.'
  if (error instanceof UnfitIndexError) return { code: 'UNFIT_INDEX', message: `${error.message} ${goesOn}` }
  if (error instanceof EmbedderUnavailableError)
    return { code: 'EMBEDDER_UNAVAILABLE', message: `${error.message} ${goesOn} Start it again when the embedder is back.` }
  if (error instanceof VectorStoreUnavailableError)
    return { code: 'VECTOR_STORE_UNAVAILABLE', message: `${error.message} ${goesOn} Start it again when the store is back.` }
  return { code: 'INTERNAL_SERVER_ERROR', message: `Something went wrong on our side. ${goesOn}` }
}
