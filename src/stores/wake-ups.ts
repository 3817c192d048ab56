import { EventEmitter } from 'node:events'

/** Says that something changed, never what: whoever wakes reads the log. A lost wake-up costs the follower's polling interval, no data. */
export interface WakeUps {
  notify(topic: string): void
  /** Returns the function that stops listening. */
  listen(topic: string, listener: () => void): () => void
  close(): Promise<void>
}

export function createLocalWakeUps(): WakeUps {
  const emitter = new EventEmitter().setMaxListeners(0)
  return {
    notify: (topic) => void emitter.emit(topic),
    listen(topic, listener) {
      emitter.on(topic, listener)
      return () => void emitter.off(topic, listener)
    },
    async close() {
      emitter.removeAllListeners()
    },
  }
}
