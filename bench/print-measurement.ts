import { isMet, type Measurement, type Row, type Unit } from './measurement.ts'

const columns = ['', 'measured', 'reference', 'target', '']

export function printMeasurement({ title, conditions, reference, rows, notes = [] }: Measurement): string {
  const cells = [columns, ...rows.map(cellsOf)]
  const widths = columns.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)))
  // Names to the left, numbers to the right.
  const table = cells.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join('   '),
  )
  return [
    title,
    `  ${conditions}`,
    `  reference: ${reference}`,
    ...table.map((line) => `    ${line.trimEnd()}`),
    ...notes.map((note) => `  ${note}`),
    '',
  ].join('\n')
}

function cellsOf(row: Row): string[] {
  const met = isMet(row)
  const isComparable = row.reference !== null && row.reference > 0 && row.unit === 'per second'
  const share = isComparable ? ` (${((100 * row.measured) / row.reference!).toFixed(0)}% of it)` : ''
  return [
    row.what,
    show(row.measured, row.unit),
    row.reference === null ? '–' : show(row.reference, row.unit) + share,
    targetOf(row),
    met === null ? '' : met ? 'met' : 'MISSED',
  ]
}

function targetOf({ target, unit }: Row): string {
  if (!target) return '–'
  if ('atMost' in target) return `≤ ${show(target.atMost, unit, true)}`
  if ('atLeast' in target) return `≥ ${show(target.atLeast, unit, true)}`
  return `≥ ${target.atLeastShareOfReference * 100}% of it`
}

function show(value: number, unit: Unit, isTarget = false): string {
  if (unit === 'share') return value.toFixed(isTarget ? 2 : 3)
  if (unit === 'count') return value.toFixed(0)
  if (unit === 'per second') return `${value.toFixed(0)}/s`
  return `${isTarget ? value : value.toFixed(unit === 'MB' ? 0 : unit === 's' ? 2 : 1)} ${unit}`
}
