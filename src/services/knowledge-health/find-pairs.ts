import type { Embedder } from '../../engines/embedder.ts'
import type { AlikeSections } from './alike-sections.ts'
import type { Rarity } from './compare-claims.ts'
import { findContradictions } from './find-contradictions.ts'
import { findDuplicates } from './find-duplicates.ts'
import type { Section } from './sections.ts'
import type { FoundPair } from './store-pairs.ts'

const mostFindings = 5
const longestPassage = 600

/** The pairs of articles among alike passages that say the same, or contradict each other; the passages that show it, best first. */
export async function findPairs(
  embedder: Embedder,
  {
    pairs,
    rarity,
    sectionsOf,
    signal,
  }: { pairs: AlikeSections[]; rarity: Rarity; sectionsOf: (articleId: string) => Section[]; signal: AbortSignal },
): Promise<FoundPair[]> {
  const found = new Map<string, FoundPair>()
  const contradictions = await findContradictions(embedder, { pairs, rarity, signal })
  for (const { a, b, score, firstValue, secondValue } of contradictions.sort((left, right) => right.score - left.score)) {
    const isInOrder = a.articleId < b.articleId
    const [first, second] = isInOrder ? [a, b] : [b, a]
    const finding = {
      first: cut(first.sentence),
      second: cut(second.sentence),
      firstValue: isInOrder ? firstValue : secondValue,
      secondValue: isInOrder ? secondValue : firstValue,
    }
    const key = `${first.articleId} ${second.articleId}`
    const pair = found.get(key)
    if (!pair) found.set(key, { kind: 'CONTRADICTION', firstId: first.articleId, secondId: second.articleId, score, findings: [finding] })
    else if (pair.findings.length < mostFindings) pair.findings.push(finding)
  }
  const duplicates = findDuplicates(pairs, sectionsOf).map(({ articleIds: [firstId, secondId], score, twins }): FoundPair => {
    const findings = twins.slice(0, mostFindings).map(({ first, second }) => ({ first: cut(first), second: cut(second) }))
    return { kind: 'DUPLICATE', firstId, secondId, score, findings }
  })
  return [...found.values(), ...duplicates]
}

const cut = (text: string) => (text.length <= longestPassage ? text : `${text.slice(0, longestPassage - 1).toWellFormed()}…`)
