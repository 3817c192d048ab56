import { setTimeout as wait } from 'node:timers/promises'
import { CommandError } from './command-error.ts'
import type { Base } from './open-base.ts'

const lookEveryMs = 250

interface ImportRun {
  status: string
  done: number
  total: number
  failureMessage: string | null
  counts: { created: number; updated: number; unchanged: number; leftOut: number; deleted: number }
  problems: { path: string; message: string }[]
}

const query = `query ($id: ID!) { node(id: $id) { ... on ImportRun {
  status done total failureMessage counts { created updated unchanged leftOut deleted } problems { path message } } } }`

/** Shows how far a run is, at a terminal, and what became of it. Returns how many files were left out, one more if deletions were refused. Ctrl-C cancels it. */
export async function followImport(base: Base, runId: string, reasons = new Map<string, string>()): Promise<number> {
  const cancel = () => {
    process.stderr.write('\nStopping …\n')
    const mutation = 'mutation ($id: ID!) { cancelRun(input: { runId: $id }) { __typename } }'
    base.ask(mutation, { id: runId }).catch((error: Error) => process.stderr.write(`${error.message}\n`))
  }
  process.once('SIGINT', cancel)
  try {
    for (;;) {
      const { node: run } = await base.ask<{ node: ImportRun }>(query, { id: runId })
      showProgress(run)
      if (!['QUEUED', 'RUNNING'].includes(run.status)) return report(run, reasons)
      await wait(lookEveryMs)
    }
  } finally {
    process.off('SIGINT', cancel)
  }
}

function showProgress({ done, total }: { done: number; total: number }): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${total} `)
}

function report(run: ImportRun, reasons: Map<string, string>): number {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
  const { created, updated, unchanged, leftOut, deleted } = run.counts
  const refusal = run.problems.find(({ path }) => path === 'deleteMissing')
  const files = run.problems.filter((problem) => problem !== refusal)
  for (const { path, message } of files) process.stdout.write(`${path} was left out: ${reasons.get(path) ?? message}\n`)
  if (leftOut > files.length) process.stdout.write(`… and ${leftOut - files.length} more\n`)
  process.stdout.write(
    `${run.total} read: ${created} created, ${updated} updated, ${unchanged} unchanged, ${leftOut} left out${deleted > 0 ? `; ${deleted} deleted` : ''}\n`,
  )
  if (refusal)
    process.stdout.write(`${refusal.message.replace('confirmDeletions', '--confirm-deletions').replace('deleteMissing', '--delete-missing')}\n`)
  if (run.status === 'FAILED') throw new CommandError(run.failureMessage ?? 'The import failed.')
  if (run.status === 'CANCELLED') throw new CommandError('The import was cancelled. What was read so far is kept.')
  return leftOut + (refusal ? 1 : 0)
}
