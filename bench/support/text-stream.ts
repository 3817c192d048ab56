/** Some text of a stream; its size is in words or characters, as the caller counts. */
export interface Arrival {
  at: number
  size: number
}

export interface TextStream {
  firstMs: number
  /** A second, from the first text to the last. */
  rate: number
}

/** Between the first and the last piece there is one pause less than pieces; the first may hold more than one. */
export function textStream(startedAt: number, arrivals: Arrival[]): TextStream {
  const [first] = arrivals
  const last = arrivals.at(-1)
  if (!first || !last) throw new Error('There was no text.')
  const size = arrivals.reduce((sum, arrival) => sum + arrival.size, 0) - first.size
  return { firstMs: first.at - startedAt, rate: (1000 * size) / (last.at - first.at) }
}
