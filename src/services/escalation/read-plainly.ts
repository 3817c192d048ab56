/** Lower case, straight apostrophes, single spaces: what the detectors read. */
export function plainText(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[’‘`]/g, "'").replace(/\s+/g, ' ').trim()
}

const reach = 80
const declined =
  /(?:(?:don't|do not|didn't|doesn't) (?:really |actually |even )?(?:need|want|wish|have)|\bno need|\bneedn't|\bnot necessary|\bplease (?:don't|do not)|\bwithout having)(?: for \w+)?(?: (?:you|anyone|someone))?(?: to)? $/

/**
 * Matches somewhere where it is not declined right before ("no need to call me"), in a sentence that both conditions let pass: one sees it up to
 * the end of the match, the other sees what was matched with what follows.
 */
export function matchUnlessDeclined(
  plain: string,
  pattern: RegExp,
  isExcludedBy: (untilMatched: string) => boolean = () => false,
  isExcludedAfter: (matchedOn: string) => boolean = () => false,
): boolean {
  for (const { 0: match, index } of plain.matchAll(new RegExp(pattern, 'g'))) {
    if (declined.test(plain.slice(0, index))) continue
    const start = Math.max(...['.', '?', '!'].map((end) => plain.lastIndexOf(end, index))) + 1
    const untilMatched = plain.slice(start, index + match.length)
    const matchedOn = plain.slice(index, index + match.length + reach).replace(/[.?!].*/, '')
    if (!isExcludedBy(untilMatched) && !isExcludedAfter(matchedOn)) return true
  }
  return false
}

const negation =
  /\b(?:not|n't|never|isn't|wasn't|aren't|don't|no|hardly|without being|anything but)(?: (?:at all|so|that|very|really|too|being|an?|the|feeling))* $/

/** Matches somewhere where it is not negated right before ("I'm not angry"). */
export function matchUnlessNegated(plain: string, pattern: RegExp): boolean {
  return plain.matchAll(new RegExp(pattern, 'g')).some(({ index }) => !negation.test(plain.slice(0, index)))
}
