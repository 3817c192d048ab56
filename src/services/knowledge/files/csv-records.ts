import { CsvError, parse } from 'csv-parse/sync'

export type CsvRecord = { line: number; fields: string[] } | { line: number; problem: string }

/** Each restart reads what follows once more: a file that is broken all over is given up. */
const mostRestarts = 100

/**
 * The records of a file with the line that each begins in. After one that cannot be read it goes on with the next line; the parser itself would
 * go on behind the next quotation mark, and leave out what is before it.
 */
export function readCsvRecords(text: string): CsvRecord[] {
  const lines = text.split('\n')
  const delimiter = delimiterOf(lines.find((line) => line.trim() !== '') ?? '')
  const records: CsvRecord[] = []
  let next = skipEmpty(lines, 0)
  for (let restarts = 0; next < lines.length; restarts++) {
    const from = next
    try {
      parse(lines.slice(from).join('\n'), {
        delimiter,
        relax_column_count: true,
        skip_empty_lines: true,
        on_record(fields: string[], { lines: read }) {
          records.push({ line: next + 1, fields })
          next = skipEmpty(lines, from + read)
          return null
        },
      })
      return records
    } catch (error) {
      if (!(error instanceof CsvError)) throw error
      const isLast = restarts === mostRestarts
      records.push({ line: next + 1, problem: isLast ? 'too many rows cannot be read; the rest is left out' : error.message })
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
