import { type Embedder, EmbedderUnavailableError } from '../../engines/embedder.ts'

/** The vectors of the texts, or null when there is no embedder or it is away: then words alone must do. */
export async function sentenceVectors(embedder: Embedder | null, texts: string[], signal?: AbortSignal): Promise<Map<string, Float32Array> | null> {
  if (!embedder || texts.length === 0) return null
  const distinct = [...new Set(texts)]
  try {
    // Drafts rest on the same articles again and again: their sentences are embedded once.
    const vectors = await embedder.embed(distinct, { priority: 'bulk', remember: true, signal })
    return new Map(distinct.map((text, index) => [text, vectors[index]!]))
  } catch (error) {
    if (error instanceof EmbedderUnavailableError) return null
    throw error
  }
}

export function cosine(vectors: Map<string, Float32Array> | null, a: string, b: string): number {
  const [left, right] = [vectors?.get(a), vectors?.get(b)]
  if (!left || !right) return 0
  let sum = 0
  for (let index = 0; index < left.length; index++) sum += left[index]! * right[index]!
  return sum
}
