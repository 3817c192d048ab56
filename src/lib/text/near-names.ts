import { distance } from 'fastest-levenshtein'

const most = 3

/** Those of the names that may have been meant, the nearest first: few letters apart, whatever their case, or one within the other. */
export function nearNames(given: string, names: string[]): string[] {
  const lower = given.toLowerCase()
  const near = names
    .map((name) => ({ name, edits: distance(lower, name.toLowerCase()) }))
    .filter(({ name, edits }) => edits <= Math.max(1, Math.floor(lower.length * 0.4)) || (lower.length >= 4 && name.toLowerCase().includes(lower)))
    .sort((a, b) => a.edits - b.edits)
  const isClear = near[0] !== undefined && near[0].edits <= 1
  return near.slice(0, isClear ? 1 : most).map(({ name }) => name)
}
