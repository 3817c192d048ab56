import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { CommandError } from '../knowledge/command-error.ts'
import { type Base, openBase } from '../knowledge/open-base.ts'
import { sayWhatFailed } from '../knowledge/say-what-failed.ts'

const formats = ['CORRECTIONS', 'CHAT', 'PREFERENCE', 'KTO']
const usage = `Usage: npm run export -- --format FORMAT --out FILE

Writes approved training examples as JSON lines.

  --format FORMAT      CORRECTIONS { original, correction, intent, conversation_id }
                       CHAT        { messages, rating: helpful | corrected, notes }
                       PREFERENCE  { prompt, chosen, rejected }, lists of messages
                       KTO         { prompt, completion, label }, lists of messages
  --out FILE           where to; - for standard output
  --limit N            at most so many rows, oldest examples first
  --intent NAME        only examples of this intent
  --processed YES|NO   only those that a retraining has used, or has not
  --include-held-out   also those that are held out for measuring
  --no-redact          leave addresses, numbers and names of customers in

UNDERSTUDY_URL names the server, and UNDERSTUDY_KEY the key of an admin. Without UNDERSTUDY_URL it works on the database of DATABASE_URL or DATA_DIR by itself,
with the settings of npm start (see npm start -- --help); while a server has it open, it asks that server.
`

const options = {
  help: { type: 'boolean', short: 'h' },
  format: { type: 'string' },
  out: { type: 'string' },
  limit: { type: 'string' },
  intent: { type: 'string' },
  processed: { type: 'string' },
  'include-held-out': { type: 'boolean', default: false },
  redact: { type: 'boolean', default: true },
} as const

try {
  process.exitCode = await run()
} catch (error) {
  sayWhatFailed(error, 'export')
}

async function run(): Promise<number> {
  const { values } = parseArgs({ options, allowNegative: true })
  if (values.help) {
    process.stdout.write(usage)
    return 0
  }
  const format = values.format?.toUpperCase()
  if (!format || !formats.includes(format)) throw new CommandError(`Give --format: ${formats.join(', ')}. See npm run export -- --help`)
  if (!values.out) throw new CommandError('Give --out, the file to write; - for standard output.')
  const base = await openBase(process.env, { whose: 'an admin', mustExist: true })
  try {
    await write(base, values.out, {
      format,
      limit: values.limit === undefined ? null : wholeNumber(values.limit),
      intent: values.intent ?? null,
      processed: values.processed === undefined ? null : yesOrNo(values.processed),
      includeHeldOut: values['include-held-out'],
      redact: values.redact,
    })
    return 0
  } finally {
    await base.close()
  }
}

interface Exported {
  id?: string
  url: string
  rows: number
  sha256: string
  message?: string
}

async function write(base: Base, out: string, input: object): Promise<void> {
  const mutation = `mutation ($input: ExportTrainingDataInput!) { exportTrainingData(input: $input) { ... on DatasetExport { id url rows sha256 } ... on Error { message } } }`
  const { exportTrainingData: dataset } = await base.ask<{ exportTrainingData: Exported }>(mutation, { input })
  if (dataset.message) throw new CommandError(dataset.message)
  const hash = createHash('sha256')
  const counted = new Transform({
    transform(piece: Buffer, _encoding, done) {
      hash.update(piece)
      done(null, piece)
    },
  })
  if (out === '-') await pipeline(await base.openDataset(dataset.url), counted, process.stdout, { end: false })
  else
    await pipeline(await base.openDataset(dataset.url), counted, createWriteStream(out)).catch((error: NodeJS.ErrnoException) => {
      throw error.path ? new CommandError(`${out} cannot be written (${error.code}).`) : error
    })
  if (hash.digest('hex') !== dataset.sha256)
    throw new CommandError(`What came of the file is not what was written (sha256 ${dataset.sha256}). Export it again.`)
  process.stderr.write(`${dataset.rows} ${dataset.rows === 1 ? 'row' : 'rows'}${out === '-' ? '' : ` written to ${out}`}, sha256 ${dataset.sha256}\n`)
}

function wholeNumber(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new CommandError(`--limit is ${value}, and must be a whole number.`)
  return Number(value)
}

function yesOrNo(value: string): boolean {
  if (!/^(yes|no)$/i.test(value)) throw new CommandError(`--processed is ${value}, and must be yes or no.`)
  return value.toLowerCase() === 'yes'
}
