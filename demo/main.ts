import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { seedSampleIntents } from '../prisma/sample-intents.ts'
import { type RunningApp, startApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { createLogger } from '../src/lib/logger.ts'
import { newSecret } from '../src/services/access/api-keys.ts'
import { type Client, connect } from './client.ts'
import * as operations from './operations.ts'
import { playScene } from './play-scene.ts'
import { createJsonPrinter, createTerminalPrinter, type Printer } from './printer.ts'
import { scenes } from './scenes.ts'

const usage = `Usage: npm run demo -- [options]

Starts a server with the sample help centre, and plays three conversations through its public API.

  --data FOLDER   keep the data in this folder (default: a temporary one, removed at the end)
  --stay          keep the server running afterwards, with a link to GraphiQL
  --json          print JSON lines, for programs
  --help          print this
`

try {
  const { values } = parseArgs({
    options: { data: { type: 'string' }, stay: { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  })
  if (values.help) process.stdout.write(usage)
  else await demo(values)
} catch (error) {
  process.stderr.write(`The demo could not go on: ${error instanceof Error ? error.message : String(error)}\nSee npm run demo -- --help\n`)
  process.exitCode = 1
}

async function demo(values: { data?: string; stay?: boolean; json?: boolean }): Promise<void> {
  const startedAt = performance.now()
  const write = (text: string) => void process.stdout.write(text)
  const printer = values.json ? createJsonPrinter(write) : createTerminalPrinter(write, { isTerminal: process.stdout.isTTY === true })
  const folder = values.data ? resolve(values.data) : await mkdtemp(join(tmpdir(), 'understudy-demo-'))
  const key = process.env.BOOTSTRAP_ADMIN_KEY ?? newSecret()
  const config = readConfig({
    PORT: '0',
    LOG_LEVEL: 'warn',
    VOICE_SIGN_OFF: '— The Northwind team',
    ...process.env,
    DATA_DIR: folder,
    BOOTSTRAP_ADMIN_KEY: key,
  })
  printer.step('Starting: an embedded PostgreSQL, a vector store and an embedder, in one process …')
  const stopped = nextSignal()
  try {
    const app = await startApp(config, { logger: createLogger({ level: config.LOG_LEVEL, isTerminal: !values.json }) })
    const client = connect({ url: app.url, key })
    try {
      const isInterrupted = await Promise.race([play(app, client, printer).then(() => false), stopped.then(() => true)])
      if (isInterrupted) return
      const isKept = values.data !== undefined
      printer.end({
        seconds: (performance.now() - startedAt) / 1000,
        url: app.url,
        hints: [
          values.stay ? `GraphiQL, once: ${app.consoleLink}` : 'Look around in GraphiQL: npm run demo -- --stay prints a link to it.',
          isKept
            ? `Start it again on this data: DATA_DIR=${values.data} npm start`
            : 'Keep the data: npm run demo -- --data my-desk, then DATA_DIR=my-desk npm start',
          ...(isKept || values.stay ? [`Its admin key, shown only now: ${key}`] : []),
          ...(values.stay ? ['Stop with Ctrl-C.'] : []),
        ],
      })
      if (values.stay) await stopped
    } finally {
      await client.close()
      await app.stop()
    }
  } finally {
    if (!values.data) await rm(folder, { recursive: true, force: true })
  }
}

async function play(app: RunningApp, client: Client, printer: Printer): Promise<void> {
  printer.step(`Ready at ${app.url}. ${app.resources.generators.state().detail}`)
  await importHelpCenter(client, printer)
  const { intents, examples } = await seedSampleIntents(app.resources)
  printer.step(`Taught the router ${intents} intents by ${examples} examples.`)
  for (const scene of scenes) await playScene(client, printer, scene)
}

function nextSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}

async function importHelpCenter(client: Client, printer: Printer): Promise<void> {
  const source = new URL('../data/help-center/', import.meta.url)
  const paths = (await readdir(source)).filter((path) => path.endsWith('.md')).sort()
  const files = await Promise.all(paths.map(async (path) => ({ path, content: await readFile(new URL(path, source), 'utf8') })))
  printer.step(`Importing the sample help centre, ${files.length} articles …`)
  const { id } = await client.run<{ id: string }>(operations.importArticles, { files })
  type RunEvent = { __typename: string; done?: number; total?: number; failure?: string }
  for await (const event of client.follow<RunEvent>(operations.runEvents, { runId: id })) {
    if (event.__typename === 'RunProgress') printer.progress(event.done ?? 0, event.total ?? 0)
    if (event.__typename === 'RunFailed') throw new Error(`The import failed: ${event.failure}`)
  }
}
