import type { Run } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { checkText, limits } from '../checked-input.ts'
import { InvalidInputError } from '../errors.ts'

export interface ArticleFile {
  path: string
  content: string
}

const pathLength = 500
const totalCharacters = 100_000_000
const rowsAtOnce = 200

/** Stores the files and queues the run that reads them. What is wrong with a single file is the run's to report. */
export async function startImport(
  { database, queue }: Pick<Resources, 'database' | 'queue'>,
  { files, deleteMissing = false, agentId = null }: { files: ArticleFile[]; deleteMissing?: boolean | null; agentId?: string | null },
): Promise<Run> {
  checkFiles(files)
  return database.$transaction(
    async (tx) => {
      const run = await tx.run.create({
        data: { kind: 'IMPORT', total: files.length, parameters: { deleteMissing: deleteMissing ?? false }, createdById: agentId },
      })
      const rows = files.map(({ path, content }, position) => ({
        runId: run.id,
        position,
        path,
        ...(isStorable(content) ? { content } : { problem: 'it contains control characters or is too large' }),
      }))
      for (let start = 0; start < rows.length; start += rowsAtOnce) await tx.importFile.createMany({ data: rows.slice(start, start + rowsAtOnce) })
      await queue.send('import-articles', { runId: run.id }, { transaction: tx })
      return run
    },
    { timeout: 120_000 },
  )
}

function checkFiles(files: ArticleFile[]): void {
  if (files.length < 1 || files.length > limits.importFiles)
    throw new InvalidInputError(
      `files must hold 1 to ${limits.importFiles} files, and holds ${files.length}. Send at least one, and split a larger import.`,
    )
  const seen = new Set<string>()
  let total = 0
  for (const { path, content } of files) {
    checkText('path', path, { maximum: pathLength })
    if (/^[/\\]|^[a-z]:|\\|(^|\/)\.\.?(\/|$)|\/\/|\n|\r|\t/i.test(path)) {
      throw new InvalidInputError(
        `path ${JSON.stringify(path.slice(0, 80))} must be relative, with forward slashes and without "." and "..", such as shipping/free-shipping.md.`,
      )
    }
    if (seen.has(path)) throw new InvalidInputError(`path ${JSON.stringify(path.slice(0, 80))} is there twice. Send each file once.`)
    seen.add(path)
    total += content.length
  }
  if (total > totalCharacters)
    throw new InvalidInputError(`The files have ${total} characters together, and at most ${totalCharacters} are allowed. Split the import.`)
}

// PostgreSQL cannot store NUL; what is far too large is not worth storing only to be refused.
const isStorable = (content: string) => content.length <= limits.articleFile && !content.includes('\u0000') && content.isWellFormed()
