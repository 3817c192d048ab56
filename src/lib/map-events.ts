/** Maps a followed log, keeping the source's `return()`, which ends a wait at once. */
export function mapEvents<In, Out>(source: AsyncGenerator<In, void>, map: (value: In) => Out | Promise<Out>): AsyncIterableIterator<Out> {
  const mapped = async (result: IteratorResult<In, void>): Promise<IteratorResult<Out>> =>
    result.done ? { done: true, value: undefined } : { done: false, value: await map(result.value) }
  return {
    next: async () => mapped(await source.next()),
    return: async () => mapped(await source.return()),
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
