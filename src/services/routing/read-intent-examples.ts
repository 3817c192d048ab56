import type { Embedder } from '../../engines/embedder.ts'
import type { Resources } from '../../resources.ts'
import { embedIntentExamples } from './embed-intent-examples.ts'

export interface EmbeddedExample {
  id: string
  text: string
  intent: string
  vector: Float32Array
}

// Each page is decoded in one go, on the event loop: 10,000 vectors at once would hold up everything else for a second.
const pageSize = 512

/** Every example with its vector, by id; the vectors that are missing are computed and kept. */
export async function readIntentExamples(
  { database, embedder }: Pick<Resources, 'database'> & { embedder: Embedder },
  { signal }: { signal?: AbortSignal } = {},
): Promise<EmbeddedExample[]> {
  const examples: EmbeddedExample[] = []
  for (;;) {
    signal?.throwIfAborted()
    const page = await database.intentExample.findMany({
      select: { id: true, text: true, embedding: true, embeddingModel: true, intent: { select: { name: true } } },
      where: { id: { gt: examples.at(-1)?.id ?? '' } },
      orderBy: { id: 'asc' },
      take: pageSize,
    })
    const vectors = await embedIntentExamples({ database, embedder }, { examples: page, signal })
    examples.push(...page.map(({ id, text, intent }, index) => ({ id, text, intent: intent.name, vector: vectors[index]! })))
    if (page.length < pageSize) return examples
  }
}

/** Changes whenever an example or the model does. One small row, where the examples are thousands of vectors. */
export async function examplesFingerprint({ database, embedder }: Pick<Resources, 'database'> & { embedder: Embedder }): Promise<string> {
  const [row] = await database.$queryRaw<{ count: number; sum: string }[]>`
    SELECT count(*)::int AS "count", coalesce(sum(hashtextextended(example."text" || chr(10) || intent."name", 0)), 0)::text AS "sum"
    FROM "IntentExample" AS example JOIN "Intent" AS intent ON intent."id" = example."intentId"`
  return `${embedder.model}:${row!.count}:${row!.sum}`
}
