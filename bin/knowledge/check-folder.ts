import { ArticleFileError } from '../../src/services/knowledge/files/article-file-error.ts'
import { isCsv } from '../../src/services/knowledge/files/check-file-text.ts'
import { readCsvRows } from '../../src/services/knowledge/files/csv-rows.ts'
import { parseArticleFile } from '../../src/services/knowledge/files/parse-article-file.ts'
import type { GivenFile } from '../../src/services/knowledge/start-import.ts'
import { listFolder, readFolder } from './read-folder.ts'

/** A file or row of a folder: the slug that it asks for, or what is wrong with it. */
export type CheckedFile = { path: string; slug: string | null } | { path: string; problem: string }

/** Says what would be left out, and stores nothing. */
export async function checkFolder(folder: string): Promise<{ leftOut: number; files: CheckedFile[] }> {
  const files: CheckedFile[] = []
  let leftOut = 0
  for await (const file of readFolder(folder, await listFolder(folder))) {
    for (const row of rowsOf(file)) {
      const checked = check(row)
      files.push(checked)
      if (!('problem' in checked)) continue
      leftOut += 1
      process.stdout.write(`${checked.path}: ${checked.problem}\n`)
    }
  }
  process.stdout.write(`${files.length - leftOut} can be imported, ${leftOut} would be left out. Nothing was stored.\n`)
  return { leftOut, files }
}

const rowsOf = (file: GivenFile): GivenFile[] => ('content' in file && isCsv(file.path) ? readCsvRows(file) : [file])

function check(file: GivenFile): CheckedFile {
  if ('problem' in file) return file
  try {
    return { path: file.path, slug: parseArticleFile(file).slug?.value ?? null }
  } catch (error) {
    if (error instanceof ArticleFileError) return { path: file.path, problem: error.message }
    throw error
  }
}
