export interface Fold {
  training: number[]
  validation: number[]
}

/** Above this one split says enough, and more folds cost more than they tell. */
const largeCount = 2_000
const largestValidation = 1_000
/** With fewer, what is left to train on is no longer the intent that is measured. */
const fewestExamples = 5

/**
 * Stratified and deterministic. The examples of an intent with fewer than five are always trained on, never held out. No folds when there are
 * no other examples.
 */
export function splitFolds(labels: Int32Array): Fold[] {
  const byLabel = Map.groupBy(labels.keys(), (index) => labels[index]!)
  const few = [...byLabel.values()].filter((members) => members.length < fewestExamples).flat()
  const others = [...byLabel.values()].filter((members) => members.length >= fewestExamples).flat()
  if (others.length === 0) return []

  // Dealt out intent after intent, like cards: every fold gets its share of each.
  const isLarge = others.length > largeCount
  const parts = isLarge ? Math.max(5, Math.ceil(others.length / largestValidation)) : others.length > 500 ? 3 : 10
  const dealt = Array.from({ length: Math.min(parts, others.length) }, (_, part) => others.filter((_, position) => position % parts === part))
  return dealt.slice(0, isLarge ? 1 : undefined).map((validation) => {
    const isHeldOut = new Set(validation)
    return { training: [...few, ...others.filter((index) => !isHeldOut.has(index))].sort((a, b) => a - b), validation }
  })
}
