/** The places of the highest scores, best first, equal ones in their order: one pass, without sorting all. Scores that are not numbers are left out. */
export function highest(scores: ArrayLike<number>, limit: number): number[] {
  const places: number[] = []
  for (let place = 0; place < scores.length; place++) {
    const score = scores[place]!
    if (Number.isNaN(score)) continue
    if (places.length === limit) {
      if (limit === 0 || score <= scores[places[limit - 1]!]!) continue
      places.pop()
    }
    let low = 0
    let high = places.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (scores[places[middle]!]! >= score) low = middle + 1
      else high = middle
    }
    places.splice(low, 0, place)
  }
  return places
}
