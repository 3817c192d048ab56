import type { Embedder } from '../../engines/embedder.ts'
import { bytesFromFloats, floatsFromBytes } from '../../lib/float-bytes.ts'
import type { Resources } from '../../resources.ts'

export interface StoredExample {
  id: string
  text: string
  embedding: Uint8Array | null
  embeddingModel: string | null
}

const batchSize = 256

/** The vectors of the examples, in their order. Those of the current model are read back; the others are computed and kept, batch by batch. */
export async function embedIntentExamples(
  { database, embedder }: Pick<Resources, 'database'> & { embedder: Embedder },
  { examples, signal }: { examples: StoredExample[]; signal?: AbortSignal },
): Promise<Float32Array[]> {
  const known = new Map<string, Float32Array>()
  for (const { id, embedding, embeddingModel } of examples) {
    const isWhole = embedding && (embedder.dimensions === null || embedding.byteLength === embedder.dimensions * 4)
    if (isWhole && embeddingModel === embedder.model) known.set(id, floatsFromBytes(embedding))
  }
  const missing = examples.filter(({ id }) => !known.has(id))
  for (let from = 0; from < missing.length; from += batchSize) {
    const batch = missing.slice(from, from + batchSize)
    const vectors = await embedder.embed(
      batch.map(({ text }) => text),
      { priority: 'bulk', signal },
    )
    batch.forEach(({ id }, index) => known.set(id, vectors[index]!))
    const ids = batch.map(({ id }) => id)
    const bytes = vectors.map((vector) => Buffer.from(bytesFromFloats(vector)).toString('hex'))
    // One statement a batch; hex, because not every driver passes an array of bytes.
    await database.$executeRaw`
      UPDATE "IntentExample" AS example SET "embedding" = decode(fresh.bytes, 'hex'), "embeddingModel" = ${embedder.model}
      FROM unnest(${ids}::text[], ${bytes}::text[]) AS fresh(id, bytes) WHERE example."id" = fresh.id`
  }
  return examples.map(({ id }) => known.get(id)!)
}
