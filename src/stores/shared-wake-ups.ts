import { randomBytes } from 'node:crypto'
import type { Logger } from '../lib/logger.ts'
import type { Metrics } from '../lib/metrics.ts'
import { createLocalWakeUps, type WakeUps } from './wake-ups.ts'

/** Carries short messages between processes while it can, and says when it can. It connects again by itself. */
export interface Carrier {
  /** Resolves when they are on their way, rejects when they are not. */
  send(messages: string[]): Promise<void>
  /** The connection seems dead, though nobody has closed it. */
  reconnect(): void
  close(): Promise<void>
}

export interface CarrierEvents {
  /** Also of what this process sent. */
  onMessage(message: string): void
  /** Messages arrive from now on; some may have been missed before. */
  onUp(): void
  onDown(reason: string): void
}

export type OpenCarrier = (events: CarrierEvents) => Carrier

export interface SharedWakeUpsOptions {
  /** Such as “PostgreSQL”, for people. */
  name: string
  openCarrier: OpenCarrier
  logger: Logger
  metrics: Pick<Metrics, 'wakeUps' | 'wakeUpsCarried'>
  /** Between two sendings; what is notified meanwhile goes out together, each topic once. */
  spacingMs?: number
  /** How often a message to ourselves is sent: one that does not come back tells of a dead connection, or of a proxy that lets none through. */
  beatMs?: number
}

/**
 * Wakes this process directly and the others through a carrier. A message is the sender's name and a topic, nothing else. While the carrier is away
 * nothing is kept for later: everybody looks once a second, and everything is looked at when it is back.
 */
export function createSharedWakeUps({
  name,
  openCarrier,
  logger,
  metrics,
  spacingMs = 5,
  beatMs = 15_000,
}: SharedWakeUpsOptions): WakeUps & { firstWord: Promise<void> } {
  const local = createLocalWakeUps()
  const self = randomBytes(6).toString('hex')
  const firstWord = Promise.withResolvers<void>()
  const waiting = new Set<string>()
  // Null once a message of our own has come back: only then it is known that they pass.
  let lack: string | null = 'it has not answered yet'
  let hasBeenDown = false
  let isConnected = false
  let isSending = false
  let isBeatAwaited = false
  metrics.wakeUpsCarried.set(0)

  const carrier = openCarrier({
    onMessage(message) {
      const space = message.indexOf(' ')
      const topic = message.slice(space + 1)
      if (message.slice(0, space) !== self) receive(topic)
      else if (topic === '') hearBeat()
    },
    onUp() {
      isConnected = true
      beat()
    },
    onDown(reason) {
      if (lack === null || !hasBeenDown) logger.warn({ carrier: name, reason }, 'wake-ups do not reach the other replicas: each looks once a second')
      lack = reason.replace(/\.$/, '')
      hasBeenDown = true
      isConnected = false
      isBeatAwaited = false
      metrics.wakeUpsCarried.set(0)
      firstWord.resolve()
    },
  })
  const beats = setInterval(() => {
    if (!isConnected) return
    if (isBeatAwaited) carrier.reconnect()
    else beat()
  }, beatMs)
  beats.unref()

  function beat(): void {
    isBeatAwaited = true
    carrier.send([`${self} `]).catch(() => {})
  }

  function hearBeat(): void {
    isBeatAwaited = false
    if (lack === null) return
    lack = null
    metrics.wakeUpsCarried.set(1)
    if (hasBeenDown) logger.info({ carrier: name }, 'wake-ups reach the other replicas again')
    firstWord.resolve()
    local.wakeAll()
  }

  function receive(topic: string): void {
    if (topic === '') return
    metrics.wakeUps.inc({ direction: 'received' })
    try {
      local.notify(topic)
    } catch (error) {
      // Nobody is above who could answer for it, and the connection must not be taken down by it.
      logger.error({ err: error, topic }, 'unexpected error in what a wake-up woke')
    }
  }

  async function send(): Promise<void> {
    const topics = [...waiting]
    if (topics.length === 0) return
    waiting.clear()
    const isSent =
      isConnected &&
      (await carrier.send(topics.map((topic) => `${self} ${topic}`)).then(
        () => true,
        () => false,
      ))
    metrics.wakeUps.inc({ direction: isSent ? 'sent' : 'dropped' }, topics.length)
  }

  function sendSoon(): void {
    if (isSending) return
    isSending = true
    // After the caller's own turn: what it notifies in a row goes out together.
    queueMicrotask(() => {
      void send().finally(() => {
        setTimeout(() => {
          isSending = false
          if (waiting.size > 0) sendSoon()
        }, spacingMs).unref()
      })
    })
  }

  return {
    firstWord: firstWord.promise,
    notify(topic) {
      local.notify(topic)
      waiting.add(topic)
      sendSoon()
    },
    listen: local.listen,
    state: () =>
      lack === null
        ? { status: 'ready', detail: `through ${name}` }
        : { status: 'unavailable', detail: `${name}: ${lack}. Each replica looks once a second until it is back.` },
    async close() {
      clearInterval(beats)
      await send()
      await carrier.close()
      await local.close()
    },
  }
}
