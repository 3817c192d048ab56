import { once } from 'node:events'
import { type ServerProcess, startServerProcess } from '../support/server-process.ts'

export interface DyingServer {
  readonly url: string
  readonly key: string
  /** Of the process that runs now. */
  readonly pid: number
  /** Ends the process as a power cut would and starts it again where it was. Resolves with the milliseconds until it was ready. */
  killAndStart(): Promise<number>
  stop(): Promise<void>
}

/** A server that is killed and comes back on the same port with the same data. */
export async function startDyingServer({ dataDir, environment }: { dataDir: string; environment: Record<string, string> }): Promise<DyingServer> {
  let server: ServerProcess = await startServerProcess({ dataDir, environment })
  const { url, key } = server
  return {
    url,
    key,
    get pid() {
      return server.pid
    },
    async killAndStart() {
      const exited = once(server.process, 'exit')
      process.kill(server.pid, 'SIGKILL')
      await exited
      await server.client.close()
      server = await startServerProcess({ dataDir, environment: { ...environment, PORT: new URL(url).port } })
      return server.readyMs
    },
    stop: () => server.stop(),
  }
}
