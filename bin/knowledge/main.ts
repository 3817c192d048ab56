import { parseArgs } from 'node:util'
import { checkFolder } from './check-folder.ts'
import { CommandError } from './command-error.ts'
import { exportFolder } from './export-folder.ts'
import { importFolder } from './import-folder.ts'
import { importUrls } from './import-urls.ts'
import { listMissing } from './list-missing.ts'
import { type Base, openBase } from './open-base.ts'
import { sayWhatFailed } from './say-what-failed.ts'

const usage = `Usage: npm run knowledge -- COMMAND

  import FOLDER              read the Markdown, HTML and CSV files in a folder and below it
  export FOLDER              write all articles as Markdown files with front matter; an import of them changes nothing
  import-urls FILE|SITEMAP   read the web pages whose addresses are in a file, one a line, or in the sitemap at an address

  --delete-missing           with import and import-urls: delete what earlier imports brought and this one lacks
  --confirm-deletions        with --delete-missing: also when that is more than ten articles and more than half of those that imports brought
  --dry-run                  with import: only say what would be left out and why, and with --delete-missing what would be deleted
  --allow-problems           end with 0 although files were left out

Ends with 1 when something was left out, or was not deleted because it was too much. With no server running it works on the database by itself, with the settings of npm start (see
npm start -- --help). While the server runs it asks the server: set UNDERSTUDY_KEY to the key of an agent, or of an admin for import-urls, and
UNDERSTUDY_URL if the server is not at http://HOST:PORT/graphql.
`

const options = {
  help: { type: 'boolean', short: 'h' },
  'delete-missing': { type: 'boolean', default: false },
  'confirm-deletions': { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  'allow-problems': { type: 'boolean', default: false },
} as const

try {
  process.exitCode = await run()
} catch (error) {
  sayWhatFailed(error, 'knowledge')
}

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({ options, allowPositionals: true })
  const [command, target, ...rest] = positionals
  if (values.help) {
    process.stdout.write(usage)
    return 0
  }
  if (!command || !target || rest.length > 0 || !['import', 'export', 'import-urls'].includes(command)) {
    process.stderr.write(usage)
    return 1
  }
  const deletions = { deleteMissing: values['delete-missing'], confirmDeletions: values['confirm-deletions'] }
  if (values['dry-run']) {
    if (command !== 'import') throw new CommandError(`--dry-run is for import only. Nothing was done.`)
    const { leftOut, files } = await checkFolder(target)
    if (deletions.deleteMissing) await withBase((base) => listMissing(base, files))
    return finish(leftOut, values['allow-problems'])
  }
  return withBase(async (base) => {
    if (command === 'export') return finish(await exportFolder(base, target), false)
    const leftOut = await (command === 'import' ? importFolder : importUrls)(base, target, deletions)
    return finish(leftOut, values['allow-problems'])
  })
}

async function withBase<Result>(work: (base: Base) => Promise<Result>): Promise<Result> {
  const base = await openBase(process.env)
  try {
    return await work(base)
  } finally {
    await base.close()
  }
}

function finish(leftOut: number, allowsProblems: boolean): number {
  return leftOut > 0 && !allowsProblems ? 1 : 0
}
