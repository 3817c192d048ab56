/**
 * Groups of alike things: average linkage, cut where two groups are less alike than `threshold`. `likeness` is symmetric, row by row, and is
 * overwritten. By chains of nearest neighbours, so that it takes the square of the count, not its cube.
 */
export function groupAlike(likeness: Float32Array, count: number, threshold: number): number[][] {
  const groups: (number[] | null)[] = Array.from({ length: count }, (_, index) => [index])
  const open = new Set(groups.keys())
  const done: number[][] = []
  let chain: number[] = []
  while (open.size > 0) {
    if (chain.length === 0) chain = [open.values().next().value!]
    const top = chain.at(-1)!
    const before = chain.at(-2)
    const nearest = nearestOf(top, before)
    if (nearest === null) {
      // Merging others never brings a group nearer than the nearest of them was: this one stays as it is.
      done.push(groups[top]!)
      open.delete(top)
      chain = []
    } else if (nearest === before) {
      merge(before, top)
      chain.splice(-2)
    } else chain.push(nearest)
  }
  return done

  // Among equals the one before it in the chain, or the chain would go in circles.
  function nearestOf(top: number, before: number | undefined): number | null {
    let best: number | null = before ?? null
    let highest = before === undefined ? threshold : likeness[top * count + before]!
    for (const other of open) {
      if (other === top) continue
      const value = likeness[top * count + other]!
      if (value > highest || (best === null && value === highest)) [best, highest] = [other, value]
    }
    return best
  }

  function merge(into: number, from: number): void {
    const [left, right] = [groups[into]!.length, groups[from]!.length]
    open.delete(from)
    for (const other of open) {
      const value = (left * likeness[into * count + other]! + right * likeness[from * count + other]!) / (left + right)
      likeness[into * count + other] = value
      likeness[other * count + into] = value
    }
    groups[into]!.push(...groups[from]!)
    groups[from] = null
  }
}
