import { availableParallelism, cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { measureAnalytics } from './analytics.ts'
import { measureBesideOllama, measureBesideRealOllama } from './beside-ollama.ts'
import { measureConcurrentDrafts } from './concurrent-drafts.ts'
import { measureConversationList } from './conversation-list.ts'
import { measureEmbed } from './embed.ts'
import { measureExport } from './export.ts'
import { measureFanOut } from './fan-out.ts'
import { measureFirstText } from './first-text.ts'
import { measureHttp } from './http.ts'
import { isMet, type Measurement } from './measurement.ts'
import { measureMemory } from './memory.ts'
import { printMeasurement } from './print-measurement.ts'
import { measureRetraining } from './retraining.ts'
import { measureRetrieve } from './retrieve.ts'
import { measureRouter } from './router.ts'
import { measureStart } from './start.ts'
import { measureVectors } from './vectors.ts'
import { measureWhileIndexing } from './while-indexing.ts'

/** Null for what cannot be measured here. */
const figures: Record<string, () => Promise<Measurement | null>> = {
  start: measureStart,
  retrieve: measureRetrieve,
  'while-indexing': measureWhileIndexing,
  embed: measureEmbed,
  router: measureRouter,
  'first-text': measureFirstText,
  'beside-ollama': measureBesideOllama,
  'beside-real-ollama': measureBesideRealOllama,
  'conversation-list': measureConversationList,
  http: measureHttp,
  'concurrent-drafts': measureConcurrentDrafts,
  'fan-out': measureFanOut,
  memory: measureMemory,
  analytics: measureAnalytics,
  export: measureExport,
  retraining: measureRetraining,
}
/** Only when asked for: they take minutes. */
const largeFigures: typeof figures = {
  'vectors-1k': () => measureVectors(1_000),
  'vectors-10k': () => measureVectors(10_000),
  'vectors-100k': () => measureVectors(100_000),
}
/** One name for several figures. */
const groups: Record<string, string[]> = {
  vectors: Object.keys(largeFigures),
  drafts: ['first-text', 'beside-ollama', 'beside-real-ollama', 'fan-out', 'concurrent-drafts'],
}

const usage = `Usage: npm run bench -- [NAME …] [options]

Measures speed and size on this machine, each figure beside a reference from the same run and its target. Missing a target is no
error: compare with the reference before you blame the code.

  NAME          measure these only: ${[...Object.keys(figures), ...Object.keys(groups), ...Object.keys(largeFigures)].join(', ')}
  --only NAME   the same
  --large       also measure the search among 1,000, 10,000 and 100,000 chunks
  --json        print JSON, for programs
  --help        print this
`

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      only: { type: 'string', multiple: true },
      large: { type: 'boolean' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) process.stdout.write(usage)
  else
    await bench({
      only: [...positionals, ...(values.only ?? [])].flatMap((name) => groups[name] ?? [name]),
      isLarge: values.large === true,
      isJson: values.json === true,
    })
} catch (error) {
  const isUsage = (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')
  process.stderr.write(
    isUsage ? `${(error as Error).message}\nSee npm run bench -- --help\n` : `${error instanceof Error ? error.stack : String(error)}\n`,
  )
  process.exitCode = 1
}
// Whatever a library keeps open must not keep the process.
process.exit()

async function bench({ only, isLarge, isJson }: { only: string[]; isLarge: boolean; isJson: boolean }): Promise<void> {
  const all = { ...figures, ...largeFigures }
  const unknown = only.filter((name) => !(name in all))
  if (unknown.length > 0) throw Object.assign(new Error(`There is no figure ${unknown.join(', ')}.`), { code: 'ERR_PARSE_ARGS_UNKNOWN' })
  const names = only.length > 0 ? only : Object.keys(isLarge ? all : figures)
  const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.versions.node}, load ${loadavg()[0]!.toFixed(1)} at the start`
  if (!isJson) process.stdout.write(`${new Date().toISOString().slice(0, 10)} on ${machine}\n\n`)
  const measured: Record<string, Measurement> = {}
  for (const name of names) {
    const startedAt = performance.now()
    if (process.stderr.isTTY) process.stderr.write(`measuring ${name} …\r`)
    const measurement = await all[name]!()
    if (measurement) measured[name] = measurement
    else process.stderr.write(`${name} was not measured: it needs an Ollama that answers at OLLAMA_HOST, and has OLLAMA_MODEL.\n`)
    if (measurement && !isJson)
      process.stdout.write(`${printMeasurement(measurement)}  (${name}, measured in ${((performance.now() - startedAt) / 1000).toFixed(0)} s)\n\n`)
  }
  const rows = Object.values(measured).flatMap((measurement) => measurement.rows)
  const missed = rows.filter((row) => isMet(row) === false)
  if (isJson) process.stdout.write(`${JSON.stringify({ machine, figures: measured }, null, 2)}\n`)
  else
    process.stdout.write(
      `${rows.filter((row) => isMet(row)).length} targets met, ${missed.length} missed${missed.length > 0 ? `: ${missed.map(({ what }) => what).join('; ')}` : ''}\n`,
    )
}
