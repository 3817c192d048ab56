/**
 * Turns a stream of pieces into few writes: the first at once, then at most one every `pauseMs`, and never two at a time, so that a slow
 * database gets bigger writes rather than a queue of them. `write` returns false when the draft is no longer ours to write.
 */
export function createDeltaWriter({ write, pauseMs }: { write: (text: string) => Promise<boolean>; pauseMs: number }) {
  let waiting = ''
  let running: Promise<void> | null = null
  let failure: unknown = null
  let isOpen = true

  async function run(): Promise<void> {
    while (waiting !== '' && isOpen) {
      const text = waiting
      waiting = ''
      const startedAt = performance.now()
      isOpen = await write(text)
      const pause = pauseMs - (performance.now() - startedAt)
      if (pause > 0 && isOpen && !isFinishing) await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }

  let isFinishing = false
  function start(): void {
    running ??= run()
      .catch((error: unknown) => {
        failure = error
        isOpen = false
      })
      .finally(() => {
        running = null
        if (waiting !== '' && isOpen) start()
      })
  }

  return {
    /** False when nothing more will be written. Throws what a write threw. */
    push(text: string): boolean {
      if (failure) throw failure
      waiting += text
      if (waiting !== '' && isOpen) start()
      return isOpen
    },
    /** Writes what waits. False when the draft was taken away meanwhile. */
    async finish(): Promise<boolean> {
      isFinishing = true
      while (running) await running
      if (failure) throw failure
      return isOpen
    },
  }
}
