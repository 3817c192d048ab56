import { parseArgs } from 'node:util'
import { startApp } from './app.ts'
import { ConfigurationError, describeConfig, readConfig } from './config.ts'
import { createLogger } from './lib/logger.ts'
import { ListenError } from './server.ts'
import { DataFolderError } from './stores/data-folder.ts'
import { DatabaseUnavailableError } from './stores/database.ts'
import { BrokenMigrationError, NewerDatabaseError } from './stores/migrations.ts'

const usage = `Usage: npm start

Starts the GraphQL API. It is configured by environment variables:

${describeConfig()}
`

/** Whoever starts a server should read what to do, not where in our code it was noticed. */
const explained = [ConfigurationError, DataFolderError, DatabaseUnavailableError, NewerDatabaseError, BrokenMigrationError, ListenError]

try {
  const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } })
  if (values.help) process.stdout.write(usage)
  else await run()
} catch (error) {
  if ((error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')) process.stderr.write(`${(error as Error).message}\nSee npm start -- --help\n`)
  else if (explained.some((kind) => error instanceof kind)) process.stderr.write(`${(error as Error).message}\n`)
  else
    process.stderr.write(
      `Understudy could not start, and did not expect this: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    )
  process.exit(1)
}

async function run(): Promise<void> {
  const config = readConfig(process.env)
  const isTerminal = process.stdout.isTTY === true
  const logger = createLogger({ level: config.LOG_LEVEL, isTerminal })
  const app = await startApp(config, { logger })

  let isStopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (isStopping) return
      isStopping = true
      logger.info({ signal }, 'stopping')
      // The sum of what stop() waits for stays below ten seconds; whatever hangs beyond it must not keep the process.
      setTimeout(() => process.exit(1), 10_000).unref()
      app.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          logger.error({ err: error }, 'could not stop cleanly')
          process.exit(1)
        },
      )
    })
  }

  // Written whatever LOG_LEVEL is: programs that start a server wait for this line, people for these words.
  if (isTerminal) {
    process.stdout.write(
      app.consoleLink
        ? `\nUnderstudy is ready at ${app.url}\nGraphiQL, once: ${app.consoleLink}\n`
        : `\nA worker of Understudy is ready; how it is: ${app.url}\n`,
    )
    if (app.adminKey) process.stdout.write(`Admin key, shown only now: ${app.adminKey}\n`)
    process.stdout.write('\n')
  } else {
    process.stdout.write(
      `${JSON.stringify({ ready: true, url: app.url, ...(app.consoleLink && { console: app.consoleLink }), ...(app.adminKey && { adminKey: app.adminKey }) })}\n`,
    )
  }
}
