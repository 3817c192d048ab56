import { ArticleFileError } from '../../src/services/knowledge/files/article-file-error.ts'
import { isCsv } from '../../src/services/knowledge/files/check-file-text.ts'
import { readCsvRows } from '../../src/services/knowledge/files/csv-rows.ts'
import { parseArticleFile } from '../../src/services/knowledge/files/parse-article-file.ts'
import type { GivenFile } from '../../src/services/knowledge/start-import.ts'
import { followImport } from './follow-import.ts'
import type { Base } from './open-base.ts'
import { listFolder, readFolder } from './read-folder.ts'

/** Returns how many files were left out. */
export async function importFolder(base: Base, folder: string, { deletesMissing }: { deletesMissing: boolean }): Promise<number> {
  const paths = await listFolder(folder)
  const reasons = new Map<string, string>()
  async function* files() {
    for await (const file of readFolder(folder, paths)) {
      if ('problem' in file) reasons.set(file.path, file.problem)
      yield file
    }
  }
  const runId = await base.startImport(files(), { deletesMissing })
  return followImport(base, runId, reasons)
}

/** Says what would be left out, and stores nothing. */
export async function checkFolder(folder: string): Promise<number> {
  let fine = 0
  let leftOut = 0
  for await (const file of readFolder(folder, await listFolder(folder))) {
    for (const row of rowsOf(file)) {
      const problem = problemOf(row)
      if (problem === null) fine += 1
      else {
        leftOut += 1
        process.stdout.write(`${row.path}: ${problem}\n`)
      }
    }
  }
  process.stdout.write(`${fine} can be imported, ${leftOut} would be left out. Nothing was stored.\n`)
  return leftOut
}

const rowsOf = (file: GivenFile): GivenFile[] => ('content' in file && isCsv(file.path) ? readCsvRows(file) : [file])

function problemOf(file: GivenFile): string | null {
  if ('problem' in file) return file.problem
  try {
    parseArticleFile(file)
    return null
  } catch (error) {
    if (error instanceof ArticleFileError) return error.message
    throw error
  }
}
