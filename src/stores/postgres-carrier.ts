import { ExponentialBackoff, handleAll, retry } from 'cockatiel'
import pg from 'pg'
import { connectionFailure } from '../lib/connection-failure.ts'
import type { OpenCarrier } from './shared-wake-ups.ts'

const channel = 'understudy_wake_ups'
const timeoutMs = 5_000

/** LISTEN and NOTIFY on a connection of its own: a pool would hand it to somebody else, and what is notified in a transaction waits for its end. */
export function postgresCarrier(connectionString: string): OpenCarrier {
  return ({ onMessage, onUp, onDown }) => {
    const closing = new AbortController()
    const untilConnected = retry(handleAll, {
      maxAttempts: Number.MAX_SAFE_INTEGER,
      backoff: new ExponentialBackoff({ initialDelay: 100, maxDelay: 5_000 }),
    }).dangerouslyUnref()
    untilConnected.onFailure(({ reason }) => {
      if ('error' in reason && !closing.signal.aborted) onDown(connectionFailure(reason.error))
    })
    let client: pg.Client | null = null

    async function connect(): Promise<void> {
      const candidate = new pg.Client({
        connectionString,
        application_name: 'understudy wake-ups',
        connectionTimeoutMillis: timeoutMs,
        query_timeout: timeoutMs,
        keepAlive: true,
      })
      candidate.on('notification', ({ payload = '' }) => onMessage(payload))
      candidate.on('error', (error) => lose(candidate, connectionFailure(error)))
      candidate.on('end', () => lose(candidate, 'the connection was closed'))
      try {
        await candidate.connect()
        await candidate.query(`LISTEN ${channel}`)
      } catch (error) {
        leave(candidate)
        throw error
      }
      if (closing.signal.aborted) return leave(candidate)
      client = candidate
      onUp()
    }

    function lose(lost: pg.Client, reason: string): void {
      if (client !== lost) return
      client = null
      onDown(reason)
      leave(lost)
      keepConnected()
    }

    // Rejects only when it is closed meanwhile.
    const keepConnected = () => void untilConnected.execute(connect, closing.signal).catch(() => {})
    keepConnected()
    return {
      async send(messages) {
        if (!client) throw new Error('not connected')
        await client.query('SELECT pg_notify($1, message) FROM unnest($2::text[]) AS message', [channel, messages])
      },
      reconnect() {
        if (client) lose(client, 'the connection does not answer')
      },
      async close() {
        closing.abort()
        const last = client
        client = null
        await last?.end()
      },
    }
  }
}

function leave(client: pg.Client): void {
  client.end().catch(() => {})
}
