import { dimensionsOf } from '../../engines/embedder.ts'
import type { Resources } from '../../resources.ts'
import { chunking } from './cut-article.ts'
import { startReindex } from './start-reindex.ts'

/**
 * Compares the live index with what this server cuts and embeds. An empty one simply becomes what is wanted; one with articles goes on
 * answering while its successor is built beside it.
 */
export async function prepareGeneration(
  resources: Pick<Resources, 'database' | 'queue' | 'generations' | 'embedder' | 'logger'>,
): Promise<'fits' | 'adopted' | 'reindexing'> {
  const { database, generations, embedder, logger } = resources
  const live = await generations.live()
  if (live.chunking === chunking && (!embedder || live.embeddingModel === embedder.model)) return 'fits'
  const isEmpty = (await database.chunk.count({ where: { generation: live.number } })) === 0
  if (isEmpty) {
    const wanted = { chunking, ...(embedder && { embeddingModel: embedder.model, dimensions: await dimensionsOf(embedder) }) }
    await database.indexGeneration.update({ where: { number: live.number }, data: wanted })
    generations.forget()
    return 'adopted'
  }
  if ((await database.indexGeneration.count({ where: { state: 'BUILDING' } })) > 0) return 'reindexing'
  const run = await startReindex(resources, {})
  logger.info(
    { runId: run.id, from: live.embeddingModel, to: embedder?.model ?? live.embeddingModel },
    'the search index is rebuilt beside the live one',
  )
  return 'reindexing'
}
