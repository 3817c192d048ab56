import diagnostics from 'node:diagnostics_channel'
import type { Socket } from 'node:net'

/** Cuts, as a lost network does, every WebSocket and every answer in progress of the servers in this process. Idle connections stay. */
export function watchConnections() {
  const open = new Set<Socket>()
  // With the bytes that were written by then: a WebSocket may begin on a connection that has answered, and tells nobody.
  const answered = new Map<Socket, number>()
  const add = (message: unknown) => {
    const { socket } = message as { socket: Socket }
    open.add(
      socket.once('close', () => {
        open.delete(socket)
        answered.delete(socket)
      }),
    )
  }
  const begin = (message: unknown) => void answered.delete((message as { socket: Socket }).socket)
  const finish = (message: unknown) => {
    const { socket } = message as { socket: Socket }
    answered.set(socket, socket.bytesWritten)
  }
  diagnostics.subscribe('net.server.socket', add)
  diagnostics.subscribe('http.server.request.start', begin)
  diagnostics.subscribe('http.server.response.finish', finish)
  return {
    cut() {
      const inUse = [...open].filter((socket) => answered.get(socket) !== socket.bytesWritten)
      for (const socket of inUse) socket.destroy()
      return inUse.length
    },
    stop() {
      diagnostics.unsubscribe('net.server.socket', add)
      diagnostics.unsubscribe('http.server.request.start', begin)
      diagnostics.unsubscribe('http.server.response.finish', finish)
    },
  }
}
