export type Priority = 'query' | 'bulk'

/** What a model is asked to read: a text, or two that it compares. */
export interface ModelInput {
  text: string
  pair?: string
}

/** One call: settled when the last of its inputs has its row of numbers. */
export interface Work {
  priority: Priority
  rows: Float32Array[]
  resolve(): void
  reject(error: unknown): void
  /** Inputs without a row yet. */
  remaining: number
}

export interface WaitingInput {
  input: ModelInput
  /** Where its row belongs in the work. */
  index: number
  work: Work
}

const longestBatch = 32

export const lengthOf = ({ text, pair = '' }: ModelInput) => text.length + pair.length

/** What waits for one model: queries first, inputs of similar length together, calls mixed freely. */
export class WorkQueue {
  readonly #longestInput: number
  #waiting: Record<Priority, WaitingInput[]> = { query: [], bulk: [] }

  /** Characters beyond `longestInput` are cut off by the model, and cost nothing. */
  constructor({ longestInput }: { longestInput: number }) {
    this.#longestInput = longestInput
  }

  has(priority: Priority): boolean {
    return this.#waiting[priority].length > 0
  }

  get isEmpty(): boolean {
    return !this.has('query') && !this.has('bulk')
  }

  push(inputs: ModelInput[], work: Work): void {
    const items = inputs.map((input, index) => ({ input, index, work })).sort((a, b) => lengthOf(b.input) - lengthOf(a.input))
    for (const item of items) this.#waiting[work.priority].push(item)
  }

  /** One input, and as many more as have room in so many characters, padding included. */
  takeBatch(priority: Priority, characters: number): { items: WaitingInput[]; characters: number } {
    const waiting = this.#waiting[priority]
    let size = 0
    let longest = 0
    while (size < waiting.length && size < longestBatch) {
      const next = Math.max(longest, Math.min(lengthOf(waiting[size]!.input), this.#longestInput))
      if (size > 0 && next * (size + 1) > characters) break
      longest = next
      size++
    }
    return { items: waiting.splice(0, size), characters: longest * size }
  }

  drop(work: Work): void {
    this.#waiting[work.priority] = this.#waiting[work.priority].filter((item) => item.work !== work)
  }

  clear(): WaitingInput[] {
    const all = [...this.#waiting.query, ...this.#waiting.bulk]
    this.#waiting = { query: [], bulk: [] }
    return all
  }
}
