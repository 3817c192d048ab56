import type { Embedder } from '../src/engines/embedder.ts'
import { dot } from '../src/lib/math/dot-products.ts'
import type { Collection } from './collection.ts'

/**
 * What a user would put together instead: one vector an article, title and body as far as the model reads, and the nearest by cosine. The same
 * model, and no database behind it.
 */
export async function openPlainStack(embedder: Embedder, { articles }: Collection): Promise<(question: string) => Promise<string[]>> {
  const vectors = await embedder.embed(
    articles.map(({ title, body }) => `${title}\n${body}`),
    { priority: 'bulk' },
  )
  return async (question) => {
    const [query] = await embedder.embed([question])
    return vectors
      .map((vector, index) => ({ id: articles[index]!.id, score: dot(query!, 0, vector, 0, vector.length) }))
      .sort((a, b) => b.score - a.score)
      .slice(0, 10)
      .map(({ id }) => id)
  }
}
