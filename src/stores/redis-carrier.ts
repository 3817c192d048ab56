import { Redis, type RedisOptions } from 'ioredis'
import { connectionFailure } from '../lib/connection-failure.ts'
import type { OpenCarrier } from './shared-wake-ups.ts'

const timeoutMs = 5_000

/** PUBLISH and SUBSCRIBE, on two connections: one that subscribes may not publish. Redis keeps nothing of it. */
export function redisCarrier(url: string): OpenCarrier {
  return ({ onMessage, onUp, onDown }) => {
    const options: RedisOptions = {
      connectionName: 'understudy-wake-ups',
      lazyConnect: true,
      // A wake-up that must wait for a connection is better lost.
      enableOfflineQueue: false,
      autoResubscribe: false,
      maxRetriesPerRequest: 0,
      connectTimeout: timeoutMs,
      commandTimeout: timeoutMs,
      keepAlive: 10_000,
      retryStrategy: (attempt) => Math.min(5_000, 100 * 2 ** Math.min(attempt, 10)) * (0.5 + Math.random() / 2),
    }
    const publisher = new Redis(url, options)
    const subscriber = new Redis(url, options)
    // Numbers of databases do not part the channels of Redis; that of the URL parts installations that share a server.
    const channel = `understudy:${publisher.options.db ?? 0}:wake-ups`
    const isReady = { publisher: false, subscriber: false }
    let isClosing = false

    function report(part: keyof typeof isReady, reason: string | null): void {
      if (isClosing) return
      isReady[part] = reason === null
      if (reason !== null) onDown(reason)
      else if (isReady.publisher && isReady.subscriber) onUp()
    }

    subscriber.on('message', (_channel, message) => onMessage(message))
    publisher.on('ready', () => report('publisher', null))
    subscriber.on('ready', () => {
      subscriber.subscribe(channel).then(
        () => report('subscriber', null),
        (error: unknown) => {
          report('subscriber', connectionFailure(error))
          subscriber.disconnect(true)
        },
      )
    })
    for (const [part, connection] of Object.entries({ publisher, subscriber }) as [keyof typeof isReady, Redis][]) {
      // Without a listener ioredis writes to the console.
      let reason: string | null = null
      connection.on('error', (error) => {
        reason = connectionFailure(error)
        report(part, reason)
      })
      connection.on('close', () => {
        report(part, reason ?? 'the connection was closed')
        reason = null
      })
      // It goes on trying by itself, and tells of it by its events.
      connection.connect().catch(() => {})
    }
    return {
      async send(messages) {
        if (!isReady.publisher) throw new Error('not connected')
        const pipeline = publisher.pipeline()
        for (const message of messages) pipeline.publish(channel, message)
        const failed = (await pipeline.exec())?.find(([error]) => error !== null)
        if (failed) throw failed[0]
      },
      reconnect() {
        for (const connection of [publisher, subscriber]) connection.disconnect(true)
      },
      async close() {
        isClosing = true
        for (const connection of [publisher, subscriber]) connection.disconnect()
      },
    }
  }
}
