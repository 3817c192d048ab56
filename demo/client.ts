import { createClient } from 'graphql-ws'
import WebSocket from 'ws'

export type Client = ReturnType<typeof connect>

/** The two calls that a client needs: an operation over HTTP, a subscription over a WebSocket. */
export function connect({ url, key }: { url: string; key: string }) {
  const socket = createClient({ url: url.replace(/^http/, 'ws'), webSocketImpl: WebSocket, connectionParams: { authorization: `Bearer ${key}` } })
  return {
    /** The operation's one field; throws when it is an error of whatever kind. */
    async run<Result>(query: string, input: object): Promise<Result> {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
        body: JSON.stringify({ query, variables: { input } }),
      })
      const { data, errors } = (await response.json()) as { data?: Record<string, { message?: string } & Result>; errors?: { message: string }[] }
      const result = Object.values(data ?? {})[0]
      if (errors || !result) throw new Error(errors?.[0]?.message ?? 'The server gave no answer.')
      if (typeof result.message === 'string') throw new Error(result.message)
      return result
    },
    async *follow<Event>(query: string, variables: Record<string, unknown>): AsyncGenerator<Event> {
      for await (const { data, errors } of socket.iterate<Record<string, Event>>({ query, variables })) {
        const event = Object.values(data ?? {})[0]
        if (errors || !event) throw new Error(errors?.[0]?.message ?? 'The subscription gave no event.')
        yield event
      }
    },
    close: () => socket.dispose(),
  }
}
