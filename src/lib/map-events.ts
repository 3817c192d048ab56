/** Maps a followed log, keeping the source's `return()`, which ends a wait at once. */
export function mapEvents<In, Out>(source: AsyncGenerator<In, void>, map: (value: In) => Out): AsyncIterableIterator<Out> {
  const mapped = (result: IteratorResult<In, void>): IteratorResult<Out> =>
    result.done ? { done: true, value: undefined } : { done: false, value: map(result.value) }
  return {
    next: async () => mapped(await source.next()),
    return: async () => mapped(await source.return()),
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
