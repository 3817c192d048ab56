/** What one subscriber has not taken yet. Its `return()` ends it at once, also while it waits for the next event. */
export interface EventQueue<Event> extends AsyncIterableIterator<Event> {
  push(event: Event): void
}

/**
 * A queue between whoever makes events and one subscriber who takes them at its own pace. Of events with one key only the newest waits. A
 * subscriber that is more than `limit` behind is ended: its memory has a bound, and nothing is left out without its knowing.
 */
export function createEventQueue<Event>({
  limit,
  keyOf,
  onEnd,
}: {
  limit: number
  keyOf: (event: Event) => string
  onEnd: () => void
}): EventQueue<Event> {
  const pending = new Map<string, Event>()
  const waiting: ((result: IteratorResult<Event>) => void)[] = []
  let isEnded = false

  function end(): void {
    if (isEnded) return
    isEnded = true
    pending.clear()
    for (const resolve of waiting.splice(0)) resolve({ done: true, value: undefined })
    onEnd()
  }

  return {
    push(event) {
      if (isEnded) return
      const waiter = waiting.shift()
      if (waiter) return waiter({ done: false, value: event })
      const key = keyOf(event)
      // Out and in again: it takes its place behind what happened before it.
      pending.delete(key)
      pending.set(key, event)
      if (pending.size > limit) end()
    },
    next() {
      const [first] = pending
      if (first) {
        pending.delete(first[0])
        return Promise.resolve({ done: false, value: first[1] })
      }
      if (isEnded) return Promise.resolve({ done: true, value: undefined })
      return new Promise((resolve) => waiting.push(resolve))
    },
    async return() {
      end()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
