import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { CommandError } from '../knowledge/command-error.ts'
import { openBase } from '../knowledge/open-base.ts'
import { sayWhatFailed } from '../knowledge/say-what-failed.ts'
import { readReport } from './read-report.ts'
import { renderReport } from './render-report.ts'

const usage = `Usage: npm run report -- --out FILE.html

Writes a web page with charts of what was drafted, how good it was, and what retrainings did. It holds figures only, and loads nothing.

  --out FILE        where to; - for standard output
  --from DAY        the first day, like 2026-09-01; 90 days ago when left out
  --to DAY          the last day; today when left out
  --interval NAME   HOUR, DAY or WEEK a point; DAY when left out
  --time-zone NAME  of the days, like Europe/Berlin; UTC when left out
  --help            print this

UNDERSTUDY_URL names the server, and UNDERSTUDY_KEY the key of an agent or admin. Without UNDERSTUDY_URL it works on the database of DATABASE_URL or
DATA_DIR by itself, with the settings of npm start (see npm start -- --help); while a server has it open, it asks that server.
`
const dayMs = 86_400_000

try {
  process.exitCode = await run()
} catch (error) {
  sayWhatFailed(error, 'report')
}

async function run(): Promise<number> {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', short: 'h' },
      out: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      interval: { type: 'string', default: 'DAY' },
      'time-zone': { type: 'string', default: 'UTC' },
    },
  })
  if (values.help) {
    process.stdout.write(usage)
    return 0
  }
  if (!values.out) throw new CommandError('Give --out, the file to write; - for standard output. See npm run report -- --help')
  const interval = values.interval.toUpperCase()
  if (!['HOUR', 'DAY', 'WEEK'].includes(interval)) throw new CommandError(`--interval is ${values.interval}, and must be HOUR, DAY or WEEK.`)
  const to = values.to === undefined ? new Date() : new Date(dayOf('--to', values.to).getTime() + dayMs)
  const from = values.from === undefined ? new Date(to.getTime() - 90 * dayMs) : dayOf('--from', values.from)
  if (from >= to) throw new CommandError('--from must not be after --to.')
  const base = await openBase(process.env, { mustExist: true })
  try {
    const page = renderReport(await readReport(base, { from, to, interval, timeZone: values['time-zone'] }))
    if (values.out === '-') process.stdout.write(page)
    else {
      await writeFile(values.out, page).catch((error: NodeJS.ErrnoException) => {
        throw new CommandError(`${values.out} cannot be written (${error.code}).`)
      })
      process.stderr.write(`written to ${values.out}\n`)
    }
    return 0
  } finally {
    await base.close()
  }
}

function dayOf(option: string, text: string): Date {
  const day = new Date(`${text}T00:00:00Z`)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(day.getTime()))
    throw new CommandError(`${option} is ${text}, and must be a day like 2026-09-01.`)
  return day
}
