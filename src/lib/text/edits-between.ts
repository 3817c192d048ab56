import { distance } from 'fastest-levenshtein'

/** Levenshtein, with two letters that changed places as one edit; 3 stands for anything that far apart in length. */
export function editsBetween(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3
  const edits = distance(a, b)
  return edits === 2 && isSwap(a, b) ? 1 : edits
}

function isSwap(a: string, b: string): boolean {
  if (a.length !== b.length) return false
  let at = 0
  while (a[at] === b[at]) at++
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2)
}
