import { fork, type Serializable } from 'node:child_process'
import { once } from 'node:events'
import { endWithUs } from './leave-nothing.ts'

export interface Child<Handlers extends Record<string, (input: never) => unknown>> {
  pid: number
  /** Runs one of its handlers over there. */
  ask<Name extends keyof Handlers & string>(name: Name, ...input: Parameters<Handlers[Name]>): Promise<Awaited<ReturnType<Handlers[Name]>>>
  stop(): Promise<void>
}

type Reply = { id: number; value: unknown } | { id: number; error: string }

/** A program of this folder in a process of its own, so that what it costs is not paid by what is measured here. */
export function startChild<Handlers extends Record<string, (input: never) => unknown>>(file: string): Child<Handlers> {
  // Our own flags, such as --import with a relative path, are none of its business.
  const child = endWithUs(fork(new URL(file, import.meta.url), { execArgv: [], serialization: 'advanced' }))
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>()
  let asked = 0
  child.on('message', (message) => {
    const reply = message as Reply
    const { resolve, reject } = waiting.get(reply.id)!
    waiting.delete(reply.id)
    if ('error' in reply) reject(new Error(`${file}: ${reply.error}`))
    else resolve(reply.value as never)
  })
  child.once('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`${file} ended with ${code} before it answered.`))
  })
  return {
    pid: child.pid!,
    ask: (name, ...input) =>
      new Promise((resolve, reject) => {
        const id = asked++
        waiting.set(id, { resolve, reject })
        child.send({ id, name, input: input[0] } as Serializable)
      }),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const exited = once(child, 'exit')
      child.disconnect()
      const timer = setTimeout(() => child.kill('SIGKILL'), 5_000)
      await exited
      clearTimeout(timer)
    },
  }
}

/** The other end: answers what the parent asks, and ends when the parent lets go. */
export function serveParent(handlers: Record<string, (input: never) => unknown>): void {
  process.on('message', async ({ id, name, input }: { id: number; name: string; input: never }) => {
    try {
      process.send!({ id, value: await handlers[name]!(input) } satisfies Reply)
    } catch (error) {
      process.send!({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) } satisfies Reply)
    }
  })
  process.once('disconnect', () => process.exit(0))
  process.once('SIGINT', () => process.exit(0))
}
