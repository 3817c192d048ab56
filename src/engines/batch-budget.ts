/**
 * Characters of a batch with its padding, some 500 word pieces. Measured on 2 cores: 32 sentences of 12 words fit, and of texts with 256 word
 * pieces one or two at a time are half as fast again as 32: larger batches fall out of the processor's cache.
 */
const fullBatch = 2_400
/** What a query may have to wait for, whatever the machine: with nobody asking, and with somebody asking. */
const longestBatchMs = 100
const yieldingBatchMs = 15
/** Below this a run is mostly overhead, and says nothing about the speed. */
const enoughToMeasure = 200

/** How much to hand to a model at once, by how fast it has been lately. */
export class BatchBudget {
  #charactersPerMs: number | null = null

  add({ characters, ms }: { characters: number; ms: number }): void {
    if (characters < enoughToMeasure || ms <= 0) return
    const latest = characters / ms
    this.#charactersPerMs = this.#charactersPerMs === null ? latest : 0.8 * this.#charactersPerMs + 0.2 * latest
  }

  /** In characters. A model that is not measured yet yields by taking one text at a time. */
  next({ yields }: { yields: boolean }): number {
    if (this.#charactersPerMs === null) return yields ? 0 : fullBatch
    return Math.min(fullBatch, this.#charactersPerMs * (yields ? yieldingBatchMs : longestBatchMs))
  }
}
