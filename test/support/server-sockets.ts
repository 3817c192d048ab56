import diagnostics from 'node:diagnostics_channel'
import type { Socket } from 'node:net'

/** The server's side of the connections that are made to servers of this process from now on, by the client's port. */
export function watchServerSockets() {
  const sockets = new Map<number, Socket>()
  const add = (message: unknown) => {
    const { socket } = message as { socket: Socket }
    if (socket.remotePort) sockets.set(socket.remotePort, socket)
  }
  diagnostics.subscribe('net.server.socket', add)
  return {
    of(client: { localPort?: number | undefined }): Socket {
      const socket = sockets.get(client.localPort ?? 0)
      if (!socket) throw new Error('no such connection')
      return socket
    },
    stop: () => void diagnostics.unsubscribe('net.server.socket', add),
  }
}
