import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const root = new URL('../../', import.meta.url)
export const launchKey = 'a-bootstrap-key-for-tests'
/** What one process has compiled the next one need not: half of what a start costs. */
export const compiled = { NODE_COMPILE_CACHE: fileURLToPath(new URL('node_modules/.cache/understudy-tests', root)) }
const basics = { PATH: process.env.PATH, ...compiled, PORT: '0', GENERATOR: 'extractive', EMBEDDER: 'none' }
const children = new Set<ChildProcess>()

function start(script: string, parameters: string[], environment: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, ['--import', './bin/require-node.mjs', script, ...parameters], {
    cwd: root,
    env: { ...basics, ...environment },
  })
  children.add(child)
  child.once('exit', () => children.delete(child))
  return child
}

/** A server in a process of its own. */
export async function launchServer(environment: Record<string, string>) {
  const child = start('src/main.ts', [], { BOOTSTRAP_ADMIN_KEY: launchKey, ...environment })
  let errors = ''
  child.stderr!.on('data', (data: Buffer) => void (errors += data))
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout!).on('line', (line) => line.includes('"ready":true') && resolve(JSON.parse(line).url))
    child.once('exit', (code) => reject(new Error(`exited with ${code}: ${errors}`)))
  })
  return {
    url,
    async ask(query: string, variables: object = {}): Promise<any> {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${launchKey}` },
        body: JSON.stringify({ query, variables }),
      })
      const body: any = await response.json()
      if (body.errors) throw new Error(JSON.stringify(body.errors))
      return body.data
    },
    async end(signal: 'SIGTERM' | 'SIGKILL') {
      child.kill(signal)
      await once(child, 'exit')
    },
  }
}

/** A command, until it ends. */
export async function runCommand(script: string, parameters: string[], environment: Record<string, string>) {
  const child = start(script, parameters, environment)
  let output = ''
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (data: Buffer) => void (output += data))
  const [code] = await once(child, 'close')
  return { code: code as number | null, output }
}

export function killLaunched(): void {
  for (const child of children) child.kill('SIGKILL')
}
