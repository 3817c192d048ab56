import { floatsFromBytes } from '../../lib/float-bytes.ts'

/** The vector, if the embedder that there is made it: those of two models cannot be compared. */
export function storedVector(
  { embedding, embeddingModel }: { embedding: Uint8Array | null; embeddingModel: string | null },
  model: string | null,
): Float32Array | null {
  return embedding && model !== null && embeddingModel === model ? floatsFromBytes(embedding) : null
}
