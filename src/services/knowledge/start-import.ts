import type { Prisma, Run } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { limits } from '../checked-input.ts'
import { InvalidInputError } from '../errors.ts'
import { createPathCheck } from './check-import-path.ts'
import { ArticleFileError } from './files/article-file-error.ts'
import { checkFileText, isCsv } from './files/check-file-text.ts'
import { isCsvRow, readCsvRows } from './files/csv-rows.ts'
import type { ImportParameters } from './import-parameters.ts'

export interface ArticleFile {
  path: string
  content: string
}

/** Instead of its content: why it has none. It counts as there, so that `deleteMissing` leaves its article alone. */
export type GivenFile = ArticleFile | { path: string; problem: string }

const totalCharacters = 100_000_000
const rowsAtOnce = 200
const charactersAtOnce = 2_000_000

type Files = Iterable<GivenFile> | AsyncIterable<GivenFile>
type Row = { path: string; content: string } | { path: string; problem: string }

/**
 * Stores the files and queues the run that reads them; each row of a CSV file waits as a file of its own. What is wrong with a single file is
 * the run's to report. Files that come one by one are stored as they come.
 */
export async function startImport(
  { database, queue }: Pick<Resources, 'database' | 'queue'>,
  {
    files,
    deleteMissing,
    confirmDeletions,
    by = null,
  }: { files: Files; deleteMissing?: boolean | null; confirmDeletions?: boolean | null; by?: Viewer | null },
): Promise<Run> {
  // Those that are all here are checked before anything is written.
  const rows = Array.isArray(files) ? await collect(rowsOf(files)) : rowsOf(files)
  return database.$transaction(
    async (tx) => {
      const parameters = {
        deleteMissing: deleteMissing ?? false,
        confirmDeletions: confirmDeletions ?? false,
        source: 'files',
      } satisfies ImportParameters
      const run = await tx.run.create({ data: { kind: 'IMPORT', parameters, createdById: by?.agentId ?? null } })
      const total = await storeRows(tx, run.id, rows)
      await queue.send('import-articles', { runId: run.id }, { transaction: tx })
      await recordAudit(tx, by, {
        action: 'importArticles',
        targetType: 'ImportRun',
        targetId: run.id,
        details: { files: total, deleteMissing: parameters.deleteMissing },
      })
      return tx.run.update({ where: { id: run.id }, data: { total } })
    },
    { timeout: 300_000 },
  )
}

async function storeRows(tx: Transaction, runId: string, rows: Iterable<Row> | AsyncIterable<Row>): Promise<number> {
  let batch: Prisma.ImportFileCreateManyInput[] = []
  let characters = 0
  let total = 0
  const store = async () => {
    await tx.importFile.createMany({ data: batch })
    batch = []
    characters = 0
  }
  for await (const row of rows) {
    batch.push({ runId, position: total++, ...row })
    characters += 'content' in row ? row.content.length : 0
    if (batch.length === rowsAtOnce || characters > charactersAtOnce) await store()
  }
  if (batch.length > 0) await store()
  return total
}

async function* rowsOf(files: Files): AsyncGenerator<Row> {
  const checkPath = createPathCheck()
  let count = 0
  let characters = 0
  for await (const file of files) {
    checkPath(file.path)
    characters += 'content' in file ? file.content.length : 0
    if (characters > totalCharacters)
      throw new InvalidInputError(`The files have more than ${totalCharacters} characters together. Split the import.`)
    for (const row of rowsOfFile(file)) {
      count += 1
      if (count > limits.importFiles) throw tooMany(files)
      yield row
    }
  }
  if (count === 0) throw tooMany(files)
}

async function collect(rows: AsyncIterable<Row>): Promise<Row[]> {
  const collected: Row[] = []
  for await (const row of rows) collected.push(row)
  return collected
}

function tooMany(files: Files): InvalidInputError {
  const held = Array.isArray(files) ? `, and holds ${files.length}` : ''
  return new InvalidInputError(
    `files must hold 1 to ${limits.importFiles} files, rows of CSV files counted one by one${held}. Send at least one, and split a larger import.`,
  )
}

function rowsOfFile(file: GivenFile): Row[] {
  if ('problem' in file) return [{ path: file.path, problem: file.problem }]
  const { path, content } = file
  if (isCsvRow(path)) return [{ path, problem: 'its name contains ".csv#", which is kept for the rows of CSV files' }]
  if (isCsv(path)) return readCsvRows({ path, content })
  try {
    // What cannot be stored, or is not worth it, waits as its problem.
    checkFileText({ path, content })
    return [{ path, content }]
  } catch (error) {
    if (error instanceof ArticleFileError) return [{ path, problem: error.message }]
    throw error
  }
}
