import type { Socket } from 'node:net'

/** So many bytes may wait in this process for one socket before nothing more is made for it. */
export const mostBytesWaiting = 256 * 1024

const drains = new WeakMap<Socket, Promise<void>>()

/** Resolves when the socket has room again, or is closed: a client that does not read holds up its own subscriptions, and no memory. */
export async function roomOn(socket: Socket): Promise<void> {
  while (socket.writableLength > mostBytesWaiting && !socket.destroyed) {
    // One listener for all of its subscriptions.
    let drained = drains.get(socket)
    if (!drained) {
      drained = new Promise<void>((resolve) => {
        const done = () => {
          socket.off('drain', done).off('close', done)
          drains.delete(socket)
          resolve()
        }
        socket.on('drain', done).on('close', done)
      })
      drains.set(socket, drained)
    }
    await drained
  }
}
