/**
 * BLEU (Papineni and others, 2002) as sacrebleu computes it (Post, 2018): 13a tokenisation, case-sensitive, up to four words at a time, "exp"
 * smoothing. 0 to 100.
 */

const order = 4

/** What the score is made of; those of several texts may be added up. */
export interface BleuCounts {
  matches: number[]
  totals: number[]
  hypothesisWords: number
  referenceWords: number
}

/** Of one text against one reference. Of texts with fewer than four words only as long sequences count as there are ("effective order"). */
export function sentenceBleu(hypothesis: string, reference: string): number {
  return score(bleuCounts(hypothesis, reference), { isEffective: true })
}

/** Of many at once: their counts are summed before the score is made, which is not the mean of their scores. */
export function corpusBleu(pairs: { hypothesis: string; reference: string }[]): number {
  return bleuOfCounts(pairs.map(({ hypothesis, reference }) => bleuCounts(hypothesis, reference)))
}

/** The same from counts that were kept instead of the texts. */
export function bleuOfCounts(counts: BleuCounts[]): number {
  const total: BleuCounts = { matches: new Array(order).fill(0), totals: new Array(order).fill(0), hypothesisWords: 0, referenceWords: 0 }
  for (const one of counts) {
    for (let n = 0; n < order; n++) {
      total.matches[n]! += one.matches[n]!
      total.totals[n]! += one.totals[n]!
    }
    total.hypothesisWords += one.hypothesisWords
    total.referenceWords += one.referenceWords
  }
  return score(total, { isEffective: false })
}

export function bleuCounts(hypothesis: string, reference: string): BleuCounts {
  const [words, wanted] = [tokenize13a(hypothesis), tokenize13a(reference)]
  const matches: number[] = []
  const totals: number[] = []
  for (let n = 1; n <= order; n++) {
    const [theirs, ours] = [sequences(wanted, n), sequences(words, n)]
    let matched = 0
    for (const [sequence, count] of ours) matched += Math.min(count, theirs.get(sequence) ?? 0)
    matches.push(matched)
    totals.push(Math.max(0, words.length - n + 1))
  }
  return { matches, totals, hypothesisWords: words.length, referenceWords: wanted.length }
}

function score({ matches, totals, hypothesisWords, referenceWords }: BleuCounts, { isEffective }: { isEffective: boolean }): number {
  if (matches.every((count) => count === 0)) return 0
  let smoothing = 1
  let logarithms = 0
  let used = order
  for (let n = 0; n < order; n++) {
    if (totals[n] === 0) {
      if (!isEffective) return 0
      used = n
      break
    }
    let precision = (100 * matches[n]!) / totals[n]!
    if (matches[n] === 0) {
      smoothing *= 2
      precision = 100 / (smoothing * totals[n]!)
    }
    logarithms += Math.log(precision)
  }
  if (hypothesisWords === 0) return 0
  const brevity = hypothesisWords < referenceWords ? Math.exp(1 - referenceWords / hypothesisWords) : 1
  return brevity * Math.exp(logarithms / used)
}

function sequences(words: string[], length: number): Map<string, number> {
  const counts = new Map<string, number>()
  for (let from = 0; from + length <= words.length; from++) {
    const sequence = words.slice(from, from + length).join('\u0000')
    counts.set(sequence, (counts.get(sequence) ?? 0) + 1)
  }
  return counts
}

/** The tokenisation of mteval-v13a: ASCII punctuation apart, but for points and commas inside numbers. */
export function tokenize13a(text: string): string[] {
  const line = text
    .replaceAll('<skipped>', '')
    .replaceAll('-\n', '')
    .replaceAll('\n', ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
  return ` ${line} `
    .replace(/([{-~[-` -&(-+:-@/])/g, ' $1 ')
    .replace(/([^0-9])([.,])/g, '$1 $2 ')
    .replace(/([.,])([^0-9])/g, ' $1 $2')
    .replace(/([0-9])(-)/g, '$1 $2 ')
    .split(/\s+/u)
    .filter(Boolean)
}
