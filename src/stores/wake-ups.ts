import { EventEmitter } from 'node:events'

/** Says that something changed, never what: whoever wakes reads the log. A lost wake-up costs the follower's polling interval, no data. */
export interface WakeUps {
  /** Wakes this process at once and the others soon. Neither waits nor fails. */
  notify(topic: string): void
  /** Returns the function that stops listening. The listener may be called for nothing, as after a time in which wake-ups may have been lost. */
  listen(topic: string, listener: () => void): () => void
  state(): { status: 'ready' | 'unavailable' | 'off'; detail: string }
  close(): Promise<void>
}

/** Wakes this process only. */
export function createLocalWakeUps(): WakeUps & { wakeAll(): void } {
  const emitter = new EventEmitter().setMaxListeners(0)
  return {
    notify: (topic) => void emitter.emit(topic),
    wakeAll() {
      for (const topic of emitter.eventNames()) emitter.emit(topic)
    },
    listen(topic, listener) {
      emitter.on(topic, listener)
      return () => void emitter.off(topic, listener)
    },
    state: () => ({ status: 'off', detail: 'the database is embedded: there is no other process to wake' }),
    async close() {
      emitter.removeAllListeners()
    },
  }
}
