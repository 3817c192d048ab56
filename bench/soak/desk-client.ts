import { setTimeout as wait } from 'node:timers/promises'
import { createClient } from 'graphql-ws'
import WebSocket from 'ws'
import type { Ledger } from './ledger.ts'

export interface DraftEvent {
  __typename: string
  seq: number
  text?: string
  offset?: number
  draft?: { status: string; text: string }
}

/** An answer that is an expected failure: the server understood and refused. */
export class RefusedError extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

const pauseMs = 200
const patienceMs = 120_000

/** One agent's page: asks again until it is answered, as a page with a spinner does, and holds one WebSocket. */
export class DeskClient {
  readonly #url: string
  readonly #key: string
  readonly #ledger: Ledger
  #socket: WebSocket | null = null
  #client: ReturnType<typeof createClient> | null = null

  constructor({ url, key }: { url: string; key: string }, ledger: Ledger) {
    this.#url = url
    this.#key = key
    this.#ledger = ledger
  }

  async ask<Result>(query: string, input: object): Promise<Result> {
    const until = Date.now() + patienceMs
    for (;;) {
      try {
        return await this.#askOnce<Result>(query, input)
      } catch (error) {
        if (error instanceof RefusedError || Date.now() > until) throw error
        this.#ledger.retries += 1
        await wait(pauseMs)
      }
    }
  }

  async *events(query: string, variables: Record<string, unknown>): AsyncGenerator<DraftEvent> {
    for await (const { data, errors } of this.#open().iterate<{ draftEvents: DraftEvent }>({ query, variables })) {
      if (!data) throw new RefusedError(String(errors?.[0]?.extensions?.code), errors?.[0]?.message ?? 'no event')
      yield data.draftEvents
    }
  }

  /** Like a train in a tunnel: no close frame, no goodbye. */
  cut(): void {
    this.#socket?.terminate()
  }

  async close(): Promise<void> {
    await this.#client?.dispose()
  }

  async #askOnce<Result>(query: string, input: object): Promise<Result> {
    const response = await fetch(this.#url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.#key}` },
      body: JSON.stringify({ query, variables: { input } }),
      signal: AbortSignal.timeout(30_000),
    })
    const { data, errors } = (await response.json()) as {
      data?: Record<string, { code?: string; message?: string } & Result>
      errors?: { message: string }[]
    }
    const result = Object.values(data ?? {})[0]
    if (errors || !result) throw new Error(errors?.[0]?.message ?? 'the server gave no answer')
    if (result.code) throw new RefusedError(result.code, String(result.message))
    return result
  }

  #open(): ReturnType<typeof createClient> {
    this.#client ??= createClient({
      url: this.#url.replace(/^http/, 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${this.#key}` },
      retryAttempts: 0,
      lazyCloseTimeout: 60_000,
      on: {
        opened: (socket) => {
          this.#socket = socket as WebSocket
        },
      },
    })
    return this.#client
  }
}
