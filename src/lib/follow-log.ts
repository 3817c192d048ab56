export interface FollowOptions<Event extends { seq: number }> {
  /** The next events after `seq`, in order; none when there are none yet. */
  read(seq: number): Promise<Event[]>
  /** Fewer than so many were all that there were. */
  pageSize: number
  /** Calls the listener whenever there may be more. Returns the function that stops listening. */
  listen(listener: () => void): () => void
  isLast(event: Event): boolean
  afterSeq: number
  /** There is nothing after `afterSeq`, and there never will be. */
  isOver?: boolean
  /** Longest wait before looking again without a wake-up: what a lost one costs. */
  pollMs: number
  /** Whether a read that failed may go well later, as when the database is being restarted: then it is tried again. None unless given. */
  isPassing?(error: unknown): boolean
}

/** With the pause of `pollMs` between them; then the follower hears of it. */
const mostFailedReads = 60

/**
 * Replays a log after a sequence number and goes on live until its last event. It holds one page and reads the next when that is consumed: a consumer
 * that pauses costs no more than that, and reads on from where it was. `return()` ends it at once, also while it waits; a plain async generator would stay parked.
 */
export function followLog<Event extends { seq: number }>({
  read,
  pageSize,
  listen,
  isLast,
  afterSeq,
  isOver = false,
  pollMs,
  isPassing = () => false,
}: FollowOptions<Event>): AsyncGenerator<Event, void> {
  let wake = () => {}
  let isStale = true
  let isClosed = isOver
  const stopListening = listen(() => {
    isStale = true
    wake()
  })

  async function* events(): AsyncGenerator<Event, void> {
    let seq = afterSeq
    let failedReads = 0
    try {
      while (!isClosed) {
        isStale = false
        const batch = await read(seq).catch((error: unknown) => {
          failedReads += 1
          if (!isPassing(error) || failedReads > mostFailedReads) throw error
          return null
        })
        if (batch === null) {
          await nextWake()
          continue
        }
        failedReads = 0
        for (const event of batch) {
          if (isClosed) return
          yield event
          seq = event.seq
          if (isLast(event)) return
        }
        if (batch.length < pageSize && !isStale && !isClosed) await nextWake()
      }
    } finally {
      stopListening()
    }
  }

  function nextWake(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, pollMs)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  const generator = events()
  return Object.assign(Object.create(generator) as AsyncGenerator<Event, void>, {
    next: () => generator.next(),
    throw: (error: unknown) => generator.throw(error),
    async return() {
      isClosed = true
      stopListening()
      wake()
      return generator.return()
    },
    [Symbol.asyncIterator]() {
      return this
    },
  })
}
