import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type BenchClient, connectClient } from './client.ts'
import { endWithUs, removeFolder, temporaryFolder } from './leave-nothing.ts'

export const root = fileURLToPath(new URL('../../', import.meta.url))
const key = 'a-bootstrap-key-for-the-benchmark'

export interface ServerProcess {
  url: string
  key: string
  pid: number
  process: ChildProcess
  /** From the start of the process to its "ready" line. */
  readyMs: number
  client: BenchClient
  /** Reads /metrics, which begins a new period for those of the event loop, and gives its values by name. */
  metrics(): Promise<(name: string) => number>
  stop(): Promise<void>
}

/** `npm start` without npm: the real server, in a process of its own, on any free port. */
export async function startServerProcess({
  dataDir,
  environment = {},
}: {
  dataDir: string
  environment?: Record<string, string>
}): Promise<ServerProcess> {
  const startedAt = performance.now()
  const child = endWithUs(
    spawn(process.execPath, ['--import', './bin/require-node.mjs', '--import', './bin/few-arenas.mjs', 'src/main.ts'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, PORT: '0', GENERATOR: 'extractive', BOOTSTRAP_ADMIN_KEY: key, DATA_DIR: dataDir, ...environment },
    }),
  )
  let problems = ''
  child.stderr.on('data', (data: Buffer) => {
    problems += data
  })
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      if (line.includes('"ready":true')) resolve(JSON.parse(line).url)
      if (/"level":(50|60)/.test(line)) process.stderr.write(`  the server says: ${line.slice(0, 500)}\n`)
    })
    child.once('exit', (code) => reject(new Error(`The server ended with ${code} before it was ready. ${problems}`)))
  })
  const readyMs = performance.now() - startedAt
  const client = connectClient({ url, key })
  return {
    url,
    key,
    pid: child.pid!,
    process: child,
    readyMs,
    client,
    async metrics() {
      const text = await (await fetch(new URL('/metrics', url))).text()
      return (name) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1])
    },
    async stop() {
      await client.close()
      if (child.exitCode !== null || child.signalCode !== null) return
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), 15_000)
      await exited
      clearTimeout(timer)
    },
  }
}

let seeded: Promise<string> | null = null

/** A new folder with the sample help centre and intents, as `npm run db:seed` makes it. It is made once a run and copied. */
export async function seededFolder(): Promise<string> {
  seeded ??= seed()
  const folder = temporaryFolder()
  cpSync(await seeded, folder, { recursive: true })
  return folder
}

async function seed(): Promise<string> {
  const folder = temporaryFolder()
  const child = endWithUs(
    spawn(process.execPath, ['--import', './bin/require-node.mjs', 'prisma/seed.ts'], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { PATH: process.env.PATH, DATA_DIR: folder },
    }),
  )
  let problems = ''
  child.stderr.on('data', (data: Buffer) => {
    problems += data
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`The sample data could not be put in: ${problems}`)
  return folder
}

/** A server on its own copy of the sample data; both are gone afterwards. */
export async function withSeededServer<Result>(
  environment: Record<string, string>,
  use: (server: ServerProcess) => Promise<Result>,
): Promise<Result> {
  const dataDir = await seededFolder()
  const server = await startServerProcess({ dataDir, environment })
  try {
    return await use(server)
  } finally {
    await server.stop()
    removeFolder(dataDir)
  }
}
