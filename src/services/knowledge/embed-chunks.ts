import { type Embedder, EmbedderUnavailableError } from '../../engines/embedder.ts'
import type { Article, Chunk, Phrasing } from '../../generated/prisma/client.ts'
import { packVectors } from '../../lib/fine-vectors.ts'
import { floatsFromBytes } from '../../lib/float-bytes.ts'
import type { CutChunk } from './cut-article.ts'

export interface EmbeddedChunk extends CutChunk {
  vector: Float32Array | null
  fineVectors: Uint8Array<ArrayBuffer> | null
}

export type StoredArticle = Article & { chunks: Chunk[]; phrasings: Phrasing[] }

export interface CutWithStored {
  article: StoredArticle
  chunks: CutChunk[]
}

/** Embeds what no stored chunk of the same model has a vector of already. Without the embedder the rest has none, and `failure` says why. */
export async function embedChunks(
  cut: CutWithStored[],
  { embedder, model, signal }: { embedder: Embedder | null; model: string; signal: AbortSignal | undefined },
): Promise<{ embedded: { article: StoredArticle; chunks: EmbeddedChunk[] }[]; failure: EmbedderUnavailableError | null; texts: number }> {
  const vectors = storedVectors(cut, model)
  const fine = storedFineVectors(cut, model)
  const wanted = new Set(cut.flatMap(({ chunks }) => chunks.map(({ embedded }) => embedded)).filter((text) => !vectors.has(text)))
  const wantedFine = new Set(cut.flatMap(({ chunks }) => chunks.flatMap((chunk) => chunk.fine)).filter((text) => !fine.has(text)))
  const texts = [...new Set([...wanted, ...wantedFine])]
  let failure: EmbedderUnavailableError | null = null
  if (embedder && texts.length > 0) {
    try {
      const fresh = await embedder.embed(texts, { priority: 'bulk', ...(signal && { signal }) })
      for (const [index, text] of texts.entries()) {
        if (wanted.has(text)) vectors.set(text, fresh[index]!)
        if (wantedFine.has(text)) fine.set(text, packVectors([fresh[index]!]))
      }
    } catch (error) {
      if (!(error instanceof EmbedderUnavailableError)) throw error
      failure = error
    }
  }
  const embedded = cut.map(({ article, chunks }) => ({
    article,
    chunks: chunks.map((chunk) => ({
      ...chunk,
      vector: vectors.get(chunk.embedded) ?? null,
      fineVectors: joined(chunk.fine.map((text) => fine.get(text))),
    })),
  }))
  return { embedded, failure, texts: texts.length }
}

/** embedded text → vector, of the stored chunks. */
function storedVectors(cut: CutWithStored[], model: string): Map<string, Float32Array> {
  const vectors = new Map<string, Float32Array>()
  for (const { article, chunks } of cut) {
    for (const stored of article.chunks) {
      if (!stored.embedding || stored.embeddingModel !== model) continue
      const same = chunks.find((chunk) => chunk.kind === stored.kind && chunk.heading === stored.heading && chunk.text === stored.text)
      if (same && !vectors.has(same.embedded)) vectors.set(same.embedded, floatsFromBytes(stored.embedding))
    }
  }
  return vectors
}

/** The same for the parts of a chunk, which stand one after the other in the order of `fine`. The article's own is kept while none of its sections changed. */
function storedFineVectors(cut: CutWithStored[], model: string): Map<string, Uint8Array> {
  const vectors = new Map<string, Uint8Array>()
  for (const { article, chunks } of cut) {
    const sections = chunks.filter(({ kind }) => kind === 'SECTION')
    for (const stored of article.chunks) {
      if (!stored.fineVectors || stored.embeddingModel !== model) continue
      const same = chunks.find((chunk) => chunk.kind === stored.kind && chunk.heading === stored.heading && chunk.text === stored.text)
      const size = same ? stored.fineVectors.length / same.fine.length : 0
      if (!same || !Number.isInteger(size) || size === 0) continue
      for (const [index, text] of same.fine.entries()) {
        if (index === 0 && !isUnchanged(sections, article.chunks, stored.generation)) continue
        if (!vectors.has(text)) vectors.set(text, stored.fineVectors.subarray(index * size, (index + 1) * size))
      }
    }
  }
  return vectors
}

function isUnchanged(sections: CutChunk[], stored: Chunk[], generation: number): boolean {
  const before = stored.filter((chunk) => chunk.generation === generation && chunk.kind === 'SECTION')
  return (
    before.length === sections.length &&
    before.every(({ heading, text }, index) => sections[index]!.heading === heading && sections[index]!.text === text)
  )
}

function joined(parts: (Uint8Array | undefined)[]): Uint8Array<ArrayBuffer> | null {
  if (parts.some((part) => part === undefined)) return null
  return Uint8Array.from(Buffer.concat(parts as Uint8Array[]))
}
