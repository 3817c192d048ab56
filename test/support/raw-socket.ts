import { once } from 'node:events'
import WebSocket from 'ws'

export type SocketMessage = { type: string; id?: string; payload?: any }

/** A WebSocket of a client that does what no client library would: it sends whatever it is told. */
export async function openRawSocket(url: string, protocol: string | null = 'graphql-transport-ws') {
  const socket = new WebSocket(url.replace('http', 'ws'), protocol ?? [])
  const messages: SocketMessage[] = []
  let hear = Promise.withResolvers<void>()
  socket.on('message', (data) => {
    messages.push(JSON.parse(String(data)))
    hear.resolve()
  })
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.on('close', (code, reason) => resolve({ code, reason: String(reason) })),
  )
  socket.on('error', () => {})
  await Promise.race([once(socket, 'open').catch(() => {}), closed])
  return {
    closed,
    /** An object as JSON, a text as it is. */
    send: (message: object | string) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    /** The next message from the server; rejected when the socket closes instead. */
    async next(): Promise<SocketMessage> {
      while (messages.length === 0) {
        hear = Promise.withResolvers()
        const end = await Promise.race([hear.promise, closed])
        if (end && messages.length === 0) throw new Error(`closed with ${end.code} ${end.reason}`)
      }
      return messages.shift()!
    },
    close: () => socket.terminate(),
  }
}
