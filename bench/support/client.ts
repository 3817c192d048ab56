import { createClient } from 'graphql-ws'
import WebSocket from 'ws'

export type BenchClient = ReturnType<typeof connectClient>

/** Like a support desk's page: operations over HTTP, subscriptions over one WebSocket that stays open. */
export function connectClient({ url, key }: { url: string; key: string }) {
  let socket: ReturnType<typeof createClient> | null = null
  // Opened by the first subscription and kept: what a page pays once must not be counted with each draft.
  const open = () =>
    (socket ??= createClient({
      url: url.replace(/^http/, 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${key}` },
      lazyCloseTimeout: 600_000,
      retryAttempts: 0,
    }))
  return {
    /** The operation's one field; throws when it is an error of whatever kind. */
    async run<Result>(query: string, variables: Record<string, unknown>): Promise<Result> {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
        body: JSON.stringify({ query, variables }),
      })
      const { data, errors } = (await response.json()) as { data?: Record<string, { message?: string } & Result>; errors?: { message: string }[] }
      const result = Object.values(data ?? {})[0]
      if (errors || !result || result.message) throw new Error(errors?.[0]?.message ?? result?.message ?? 'The server gave no answer.')
      return result
    },
    async *follow<Event>(query: string, variables: Record<string, unknown>): AsyncGenerator<Event> {
      for await (const { data, errors } of open().iterate<Record<string, Event>>({ query, variables })) {
        const event = Object.values(data ?? {})[0]
        if (errors || !event) throw new Error(errors?.[0]?.message ?? 'The subscription gave no event.')
        yield event
      }
    },
    close: async () => void (await socket?.dispose()),
  }
}
