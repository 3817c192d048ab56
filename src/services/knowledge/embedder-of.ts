import type { Embedder } from '../../engines/embedder.ts'
import type { IndexGeneration } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'

/** The embedder whose vectors this generation holds; null when it cannot be had here, or EMBEDDER=none. */
export function embedderOf(
  { embedder, embedders }: Pick<Resources, 'embedder' | 'embedders'>,
  { embeddingModel }: Pick<IndexGeneration, 'embeddingModel'>,
): Embedder | null {
  if (!embedder) return null
  return embedder.model === embeddingModel ? embedder : embedders.byModel(embeddingModel)
}
