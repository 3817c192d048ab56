import { distance } from 'fastest-levenshtein'

const most = 3

/** Those of the names that may have been meant, the nearest first: few letters apart, whatever their case, or one within the other. */
export function nearNames(given: string, names: string[]): string[] {
  const lower = given.toLowerCase()
  return names
    .map((name) => ({ name, edits: distance(lower, name.toLowerCase()) }))
    .filter(({ name, edits }) => edits <= Math.max(1, Math.floor(lower.length * 0.4)) || (lower.length >= 4 && name.toLowerCase().includes(lower)))
    .sort((a, b) => a.edits - b.edits)
    .slice(0, most)
    .map(({ name }) => name)
}
