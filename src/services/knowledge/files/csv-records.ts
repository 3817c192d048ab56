import { CsvError, parse } from 'csv-parse/sync'
import { limits } from '../../checked-input.ts'
import { ArticleFileError } from './article-file-error.ts'

export type CsvRecord = { line: number; fields: string[] } | { line: number; problem: string }

/** Each restart reads what follows once more: a file that is broken all over is given up. */
const mostRestarts = 5
const mostColumns = 1_000
const headerCharacters = 100_000
// The longest body, each letter of three bytes, and some more.
const recordBytes = 700_000
/** A header, the rows of the largest import, and one more, which tells that there are too many. */
const mostRecords = limits.importFiles + 2

/**
 * The records of a file with the line that each begins in. After one that cannot be read it goes on with the next line; the parser itself would
 * go on behind the next quotation mark, and leave out what is before it.
 */
export function readCsvRecords(text: string): CsvRecord[] {
  const lines = text.split('\n')
  const records: CsvRecord[] = []
  let next = skipEmpty(lines, 0)
  const delimiter = delimiterOf(lines[next]?.slice(0, headerCharacters) ?? '')
  // The parser counts no empty fields as part of a record's length.
  const wide = lines.findIndex((line) => line.includes(delimiter.repeat(mostColumns)))
  if (wide !== -1) throw new ArticleFileError(`it has more than ${mostColumns} columns`, wide + 1)
  for (let restarts = 0; next < lines.length; restarts++) {
    const from = next
    try {
      parse(lines.slice(from).join('\n'), {
        delimiter,
        max_record_size: recordBytes,
        relax_column_count: true,
        skip_empty_lines: true,
        on_record(fields: string[], { lines: read }) {
          if (fields.length > mostColumns) throw new ArticleFileError(`it has ${fields.length} columns, and at most ${mostColumns} are allowed`)
          if (records.length === mostRecords) throw new ArticleFileError('there are too many rows')
          records.push({ line: next + 1, fields })
          next = skipEmpty(lines, from + read)
          return null
        },
      })
      return records
    } catch (error) {
      if (records.length === mostRecords) return records
      if (!(error instanceof CsvError || error instanceof ArticleFileError)) throw error
      // A record without end holds the rest of the file.
      const isEndless = error instanceof ArticleFileError || error.code === 'CSV_MAX_RECORD_SIZE'
      const isLast = isEndless || restarts === mostRestarts
      const problem = isEndless ? `${error.message}; the rest is left out` : 'too many rows cannot be read; the rest is left out'
      records.push({ line: next + 1, problem: isLast ? problem : error.message })
      if (isLast) return records
      next = skipEmpty(lines, next + 1)
    }
  }
  return records
}

function skipEmpty(lines: string[], from: number): number {
  let next = from
  while (next < lines.length && lines[next]!.trim() === '') next += 1
  return next
}

// A spreadsheet writes semicolons where the comma is the decimal sign.
const delimiterOf = (header: string) => [',', ';', '\t'].reduce((best, next) => (header.split(next).length > header.split(best).length ? next : best))
