/** One call of `embed`: settled when the last of its texts has a vector. */
export interface EmbeddingJob {
  priority: 'query' | 'bulk'
  vectors: Map<string, Float32Array>
  resolve(): void
  reject(error: unknown): void
  /** Texts without a vector yet. */
  remaining: number
}

export interface WaitingText {
  text: string
  job: EmbeddingJob
}

const longestBatch = 32
/**
 * Characters of a batch with its padding, some 500 word pieces. Measured on 2 cores: 32 sentences of 12 words fit, and of texts with 256 word
 * pieces one or two at a time are half as fast again as 32. It also bounds what a query has to wait for, to some 100 ms.
 */
const charactersOfBatch = 2_400

/** What waits for the worker: queries first, texts of similar length together, calls mixed freely. */
export class EmbeddingQueue {
  #waiting: Record<EmbeddingJob['priority'], WaitingText[]> = { query: [], bulk: [] }

  get isEmpty(): boolean {
    return this.#waiting.query.length + this.#waiting.bulk.length === 0
  }

  push(texts: Iterable<string>, job: EmbeddingJob): void {
    const items = Array.from(texts, (text) => ({ text, job })).sort((a, b) => b.text.length - a.text.length)
    for (const item of items) this.#waiting[job.priority].push(item)
  }

  takeBatch(): WaitingText[] {
    const waiting = this.#waiting.query.length > 0 ? this.#waiting.query : this.#waiting.bulk
    let size = 0
    let longest = 0
    while (size < waiting.length && size < longestBatch) {
      longest = Math.max(longest, Math.min(waiting[size]!.text.length, 1_200))
      if (size > 0 && longest * (size + 1) > charactersOfBatch) break
      size++
    }
    return waiting.splice(0, size)
  }

  drop(job: EmbeddingJob): void {
    this.#waiting[job.priority] = this.#waiting[job.priority].filter((item) => item.job !== job)
  }

  clear(): WaitingText[] {
    const all = [...this.#waiting.query, ...this.#waiting.bulk]
    this.#waiting = { query: [], bulk: [] }
    return all
  }
}
