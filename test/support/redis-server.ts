import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.ts'

/** Whether this machine has one: Debian's package is redis-server. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0

/** A Redis of our own, which can be stopped and started again on the same port. */
export async function startRedis() {
  const folder = await mkdtemp(join(tmpdir(), 'understudy-redis-'))
  const port = await freePort()
  let child: ChildProcess | null = null

  const redis = {
    url: `redis://127.0.0.1:${port}`,
    async start() {
      const started = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'])
      child = started
      await new Promise<void>((resolve, reject) => {
        started.once('error', reject)
        started.once('exit', (code) => reject(new Error(`redis-server exited with ${code}`)))
        started.stdout!.on('data', (data: Buffer) => String(data).includes('Ready to accept connections') && resolve())
      })
      started.removeAllListeners('exit')
    },
    async stop() {
      if (!child) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      child = null
      await ended
    },
    async remove() {
      await redis.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
  await redis.start()
  return redis
}
