import { readdir, readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { readConfig } from '../src/config.ts'
import { startWorkers } from '../src/jobs/index.ts'
import { createLogger } from '../src/lib/logger.ts'
import { openResources } from '../src/resources.ts'
import { startImport } from '../src/services/knowledge/start-import.ts'
import { followRun } from '../src/services/runs/follow-run.ts'
import { seedSampleIntents } from './sample-intents.ts'

const usage = `Usage: npm run db:seed

Puts the sample data into the database: the help centre of 56 articles and 21 intents with their examples. Repeating it changes nothing.
It uses the same variables as npm start (see npm start -- --help). With the embedded database, stop the server first.
`

const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } })
if (values.help) process.stdout.write(usage)
else {
  await seed().catch((error: unknown) => {
    process.stderr.write(`The sample data could not be put in: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  })
}

async function seed(): Promise<void> {
  const config = readConfig(process.env)
  const { resources, close } = await openResources(config, createLogger({ level: 'warn', isTerminal: true }))
  try {
    const workers = await startWorkers(resources)
    const source = new URL('../data/help-center/', import.meta.url)
    const paths = (await readdir(source)).filter((path) => path.endsWith('.md')).sort()
    const files = await Promise.all(paths.map(async (path) => ({ path, content: await readFile(new URL(path, source), 'utf8') })))
    const run = await startImport(resources, { files })
    for await (const { type, data } of await followRun(resources, { runId: run.id, afterSeq: 0 })) {
      if (type === 'RunProgress') process.stdout.write(`${String(data.message)}\n`)
      if (type === 'RunFailed') throw new Error(String(data.message))
    }
    const { intents, examples } = await seedSampleIntents(resources)
    process.stdout.write(`${intents} intents with ${examples} examples\n`)
    await workers.stop({ timeoutMs: 5_000 })
  } finally {
    await close()
  }
}
