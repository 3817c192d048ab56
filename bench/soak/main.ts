// npm run soak: a desk that has a bad day, for thousands of drafts, and then a look at what is left of it.
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { seededRandom } from '../statistics.ts'
import { removeFolder } from '../support/leave-nothing.ts'
import { sampleQuestions } from '../support/questions.ts'
import { residentMb } from '../support/resident-memory.ts'
import { seededFolder } from '../support/server-process.ts'
import { checkDatabase } from './check-database.ts'
import { DeskClient } from './desk-client.ts'
import { type DyingServer, startDyingServer } from './dying-server.ts'
import { emptyLedger, type Ledger } from './ledger.ts'
import { memoryTrend, type Sample } from './memory-trend.ts'
import { playCase } from './play-case.ts'
import { reportOf } from './report.ts'

const usage = `Usage: npm run soak [-- options]

Opens conversations, has drafts written by the extractive engine, cancels some, cuts sockets, lets customers write again in between, sends
replies twice at once, and kills the server with kill -9 now and then. In the end it reads the database and says what was lost.
It ends with 1 when something was. Every draft is real work: 10,000 take a quarter of an hour or more on two cores.

  --drafts N    how many drafts at least (10,000)
  --minutes N   no new conversations after so long (600)
  --kills N     how often the server is killed, in the first half (3)
  --desks N     how many agents work at the same time (32)
  --seed N      which questions, fates and cuts (1)
  --help        print this
`

interface Options {
  drafts: number
  minutes: number
  kills: number
  desks: number
  seed: number
}

try {
  const { values } = parseArgs({
    options: {
      drafts: { type: 'string', default: '10000' },
      minutes: { type: 'string', default: '600' },
      kills: { type: 'string', default: '3' },
      desks: { type: 'string', default: '32' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) process.stdout.write(usage)
  else {
    const options: Options = {
      drafts: numberOf('drafts', values.drafts, 1, 1_000_000),
      minutes: numberOf('minutes', values.minutes, 1, 10_000),
      kills: numberOf('kills', values.kills, 0, 100),
      desks: numberOf('desks', values.desks, 1, 500),
      seed: numberOf('seed', values.seed, 0, 2 ** 31),
    }
    process.exitCode = (await soak(options)) ? 0 : 1
  }
} catch (error) {
  const isUsage = error instanceof RangeError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')
  process.stderr.write(
    isUsage ? `${(error as Error).message}\nSee npm run soak -- --help\n` : `${error instanceof Error ? error.stack : String(error)}\n`,
  )
  process.exitCode = 1
}
// Whatever a library keeps open must not keep the process.
process.exit()

function numberOf(name: string, text: string, least: number, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= least && value <= most)) throw new RangeError(`--${name} is a whole number from ${least} to ${most}.`)
  return value
}

async function soak(options: Options): Promise<boolean> {
  const ledger = emptyLedger()
  const dataDir = await seededFolder()
  const server = await startDyingServer({ dataDir, environment: { DRAFT_CONCURRENCY: '16', LOG_LEVEL: 'error' } })
  const startedAt = performance.now()
  const samples: Sample[] = []
  const readyMs: number[] = []
  try {
    const working = work(server, ledger, options)
    const watching = watch(server, ledger, options, samples, readyMs, working)
    await Promise.all([working, watching])
    await server.stop()
    const tookMinutes = (performance.now() - startedAt) / 60_000
    const findings = await checkDatabase({ dataDir, ledger })
    const memory = memoryTrend(samples, { warmUp: Math.min(1_000, options.drafts / 5) })
    const { text, isWhole } = reportOf({ ...options, ledger, findings, memory, readyMs, minutes: tookMinutes })
    process.stdout.write(text)
    return isWhole
  } finally {
    await server.stop()
    removeFolder(dataDir)
  }
}

/** So many desks, each with one case at a time, until enough drafts were made. */
async function work(server: DyingServer, ledger: Ledger, { drafts, minutes, desks, seed }: Options): Promise<void> {
  const until = Date.now() + minutes * 60_000
  const questions = sampleQuestions()
  let cases = 0
  await Promise.all(
    Array.from({ length: desks }, async () => {
      const client = new DeskClient(server, ledger)
      while (ledger.drafts.size < drafts && Date.now() < until) {
        const number = cases++
        const random = seededRandom(seed * 1_000_003 + number)
        // Distinct to the end: a question that comes again is answered from the embedder's memory.
        const question = `${questions[Math.floor(random() * questions.length)]} (${number})`
        await playCase(client, question, { key: `soak-${number}`, random, ledger }).catch((error: unknown) => {
          ledger.problems.push(`case ${number}: ${error instanceof Error ? error.message : String(error)}`)
        })
      }
      await client.close()
    }),
  )
}

/** Kills the server at its times, and writes down what its last life has in memory. */
async function watch(
  server: DyingServer,
  ledger: Ledger,
  { drafts, kills, seed }: Options,
  samples: Sample[],
  readyMs: number[],
  working: Promise<void>,
): Promise<void> {
  let isOver = false
  void working.finally(() => {
    isOver = true
  })
  const random = seededRandom(seed)
  // In the first half, so that the last life is long enough to see its memory grow, if it does.
  const deaths = Array.from({ length: kills }, (_, index) => Math.floor(((index + 0.5 + random() * 0.4) * drafts) / (2 * kills + 1)))
  while (!isOver) {
    await wait(500)
    if (deaths.length > 0 && ledger.drafts.size >= deaths[0]!) {
      deaths.shift()
      readyMs.push(await server.killAndStart())
      samples.length = 0
    }
    if (!isOver) samples.push({ drafts: ledger.drafts.size, mb: residentMb(server.pid) })
    if (process.stderr.isTTY) process.stderr.write(`${ledger.drafts.size} of ${drafts} drafts, ${samples.at(-1)?.mb.toFixed(0)} MB   \r`)
  }
}
