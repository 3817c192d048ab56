import { dot, dotProducts, transpose } from '../lib/math/dot-products.ts'
import { pairedInterval } from '../lib/math/paired-interval.ts'
import { createRandom } from '../lib/math/random.ts'

/** Questions whose right articles are known, with what the search found for each. Everything is a typed array, so that a thread can be handed it. */
export interface RetrievalLessons {
  dimensions: number
  /** One vector a question. */
  questions: Float32Array
  /** Questions of one group are never on both sides of a fold. */
  groups: Int32Array
  /** Question i is answered by rightArticles[rightFrom[i] … rightFrom[i + 1]]. */
  rightFrom: Int32Array
  rightArticles: Int32Array
  /** The article of each chunk, and its vectors: of the section, of the whole article, and of sentences sentenceFrom[j] … sentenceFrom[j + 1]. */
  chunkArticle: Int32Array
  sections: Float32Array
  articles: Float32Array
  sentenceFrom: Int32Array
  sentences: Float32Array
  /** Question i found candidates[candidateFrom[i] … candidateFrom[i + 1]], each with its share of the best BM25. */
  candidateFrom: Int32Array
  candidates: Int32Array
  keywords: Float32Array
  /** What each of the four signals counts now: article, section, sentence, keyword. */
  weights: Float32Array
}

export interface RetrievalFit {
  queryAdapter: Float32Array | null
  weights: Float32Array | null
  keepsPhrasings: boolean
  parts: { part: 'QUERY_ADAPTER' | 'SIGNAL_WEIGHTS' | 'PHRASINGS'; isKept: boolean; reason: string }[]
}

const folds = 5
const signals = 4
/** InfoNCE's temperature: cosines of MiniLM differ by hundredths. */
const temperature = 0.05
const epochs = 15
const batchSize = 32
const learningRate = 0.002
/** How strongly the adapter is pulled back to the identity, an epoch. */
const pull = 0.04
const mostForAdapter = 1_000
const seed = 20_260_701

/**
 * Learns to retrieve from questions whose right articles are known, and keeps of it what cross-validation gains in mean reciprocal rank, with a
 * paired 95% interval above 0: first a linear adapter on the query's side (InfoNCE, van den Oord and others 2018, against what the search found
 * for each question, from the identity and pulled back to it), then the weights of the signals (a conditional logit, McFadden 1974, pulled back
 * to those of now), then the questions themselves as further vectors of their articles.
 */
export function fitRetrieval(lessons: RetrievalLessons, { onFold }: { onFold?: (done: number, total: number) => void } = {}): RetrievalFit {
  const count = lessons.groups.length
  const foldOf = assignFolds(lessons.groups)
  const variants = ['now', 'adapter', 'weights', 'both', 'phrasings', 'all'] as const
  const ranks = Object.fromEntries(variants.map((name) => [name, new Float32Array(count)])) as Record<(typeof variants)[number], Float32Array>
  for (let fold = 0; fold < folds; fold++) {
    const inside = indexesWhere(count, (index) => foldOf[index] !== fold)
    const outside = indexesWhere(count, (index) => foldOf[index] === fold)
    const adapter = fitAdapter(lessons, inside)
    const plain = signalTable(lessons, inside, null)
    const adapted = signalTable(lessons, inside, adapter)
    const weights = fitWeights(lessons, inside, plain)
    const both = fitWeights(lessons, inside, adapted)
    const known = phrasingsOf(lessons, inside)
    for (const index of outside) {
      const query = lessons.questions.subarray(index * lessons.dimensions, (index + 1) * lessons.dimensions)
      const turned = adaptQuery(adapter, query)
      const [own, theirs] = [signalsOf(lessons, index, query), signalsOf(lessons, index, turned)]
      ranks.now[index] = reciprocalRank(lessons, index, own, lessons.weights)
      ranks.adapter[index] = reciprocalRank(lessons, index, theirs, lessons.weights)
      ranks.weights[index] = reciprocalRank(lessons, index, own, weights)
      ranks.both[index] = reciprocalRank(lessons, index, theirs, both)
      ranks.phrasings[index] = reciprocalRank(lessons, index, withPhrasings(lessons, own, known, query), lessons.weights)
      ranks.all[index] = reciprocalRank(lessons, index, withPhrasings(lessons, theirs, known, turned), both)
    }
    onFold?.(fold + 1, folds)
  }
  const parts: RetrievalFit['parts'] = []
  const tries = (part: RetrievalFit['parts'][number]['part'], before: Float32Array, after: Float32Array) => {
    const gain = pairedInterval(groupMeans(lessons.groups, after), groupMeans(lessons.groups, before))
    const isKept = gain.low > 0
    parts.push({
      part,
      isKept,
      reason: `Cross-validated on ${count} questions, the mean reciprocal rank goes from ${mean(before).toFixed(3)} to ${mean(after).toFixed(3)}: ${signed(gain.difference)}, 95% interval ${signed(gain.low)} to ${signed(gain.high)}.`,
    })
    return isKept
  }
  const keepsAdapter = tries('QUERY_ADAPTER', ranks.now, ranks.adapter)
  const keepsWeights = tries('SIGNAL_WEIGHTS', keepsAdapter ? ranks.adapter : ranks.now, keepsAdapter ? ranks.both : ranks.weights)
  const keepsPhrasings = keepsAdapter && keepsWeights ? tries('PHRASINGS', ranks.both, ranks.all) : tries('PHRASINGS', ranks.now, ranks.phrasings)
  const everything = indexesWhere(count, () => true)
  const queryAdapter = keepsAdapter ? fitAdapter(lessons, everything) : null
  const weights = keepsWeights ? fitWeights(lessons, everything, signalTable(lessons, everything, queryAdapter)) : null
  return { queryAdapter, weights, keepsPhrasings, parts }
}

/** The query's vector by the adapter, of length 1 again; the same when there is none. */
export function adaptQuery(adapter: Float32Array | null, query: Float32Array): Float32Array {
  const size = query.length
  if (adapter?.length !== size * size) return query
  const turned = new Float32Array(size)
  for (let row = 0; row < size; row++) turned[row] = dot(adapter, row * size, query, 0, size)
  const length = Math.sqrt(dot(turned, 0, turned, 0, size))
  return length === 0 ? query : turned.map((value) => value / length)
}

/** By gradient descent; the questions of a batch see the same adapter, so that its two products are those of matrices. */
function fitAdapter(lessons: RetrievalLessons, all: number[]): Float32Array {
  const { dimensions, questions } = lessons
  const random = createRandom(seed)
  const indexes = random
    .shuffled(all)
    .slice(0, mostForAdapter)
    .filter((index) => rightOf(lessons, index).size > 0)
  const adapter = new Float32Array(dimensions * dimensions)
  for (let row = 0; row < dimensions; row++) adapter[row * dimensions + row] = 1
  const step = new Float32Array(dimensions * dimensions)
  for (let epoch = 0; epoch < epochs; epoch++) {
    const rate = learningRate * (1 - epoch / epochs)
    const order = random.shuffled(indexes)
    for (let from = 0; from < order.length; from += batchSize) {
      const batch = order.slice(from, from + batchSize)
      const asked = new Float32Array(batch.length * dimensions)
      for (const [place, index] of batch.entries()) asked.set(questions.subarray(index * dimensions, (index + 1) * dimensions), place * dimensions)
      const turned = new Float32Array(batch.length * dimensions)
      dotProducts(asked, batch.length, adapter, dimensions, dimensions, turned)
      const gradients = new Float32Array(batch.length * dimensions)
      for (const [place, index] of batch.entries())
        addGradient(
          lessons,
          index,
          turned.subarray(place * dimensions, (place + 1) * dimensions),
          gradients.subarray(place * dimensions, (place + 1) * dimensions),
        )
      dotProducts(
        transpose(gradients, batch.length, dimensions),
        dimensions,
        transpose(asked, batch.length, dimensions),
        dimensions,
        batch.length,
        step,
      )
      for (let place = 0; place < adapter.length; place++) adapter[place]! -= rate * step[place]!
    }
    for (let row = 0; row < dimensions; row++) {
      for (let column = 0; column < dimensions; column++) {
        const place = row * dimensions + column
        adapter[place] = adapter[place]! * (1 - pull) + (row === column ? pull : 0)
      }
    }
  }
  return adapter
}

/** InfoNCE's, with respect to the turned question. Of several right chunks the one that fits best now is the target. */
function addGradient(lessons: RetrievalLessons, index: number, turned: Float32Array, gradient: Float32Array): void {
  const { dimensions, sections } = lessons
  const { chunks, targets } = targetsOf(lessons, index)
  if (targets === 0) return
  const logits = chunks.map(({ chunk }) => dot(turned, 0, sections, chunk * dimensions, dimensions) / temperature)
  const highest = Math.max(...logits)
  const exponentials = logits.map((logit) => Math.exp(logit - highest))
  const total = exponentials.reduce((sum, value) => sum + value, 0)
  const target = chunks.reduce((best, { isRight }, place) => (isRight && (best < 0 || logits[place]! > logits[best]!) ? place : best), -1)
  for (const [place, { chunk, isRight }] of chunks.entries()) {
    if (isRight && place !== target) continue
    const weight = (exponentials[place]! / total - (place === target ? 1 : 0)) / temperature
    const at = chunk * dimensions
    for (let column = 0; column < dimensions; column++) gradient[column]! += weight * sections[at + column]!
  }
}

function targetsOf(lessons: RetrievalLessons, index: number): { chunks: { chunk: number; isRight: boolean }[]; targets: number } {
  const right = rightOf(lessons, index)
  const chunks: { chunk: number; isRight: boolean }[] = []
  for (let place = lessons.candidateFrom[index]!; place < lessons.candidateFrom[index + 1]!; place++) {
    const chunk = lessons.candidates[place]!
    chunks.push({ chunk, isRight: right.has(lessons.chunkArticle[chunk]!) })
  }
  return { chunks, targets: chunks.filter(({ isRight }) => isRight).length }
}

interface Found {
  articles: number[]
  /** Four signals an article. */
  values: Float32Array
}

function signalsOf(lessons: RetrievalLessons, index: number, query: Float32Array): Found {
  const { dimensions, chunkArticle, sections, articles, sentences, sentenceFrom } = lessons
  const places = new Map<number, number>()
  const values: number[] = []
  for (let place = lessons.candidateFrom[index]!; place < lessons.candidateFrom[index + 1]!; place++) {
    const chunk = lessons.candidates[place]!
    const section = dot(query, 0, sections, chunk * dimensions, dimensions)
    let sentence = Number.NEGATIVE_INFINITY
    for (let at = sentenceFrom[chunk]!; at < sentenceFrom[chunk + 1]!; at++)
      sentence = Math.max(sentence, dot(query, 0, sentences, at * dimensions, dimensions))
    const found = [
      dot(query, 0, articles, chunk * dimensions, dimensions),
      section,
      sentence === Number.NEGATIVE_INFINITY ? section : sentence,
      lessons.keywords[place]!,
    ]
    const at = places.get(chunkArticle[chunk]!)
    if (at === undefined) {
      places.set(chunkArticle[chunk]!, places.size)
      values.push(...found)
    } else for (let signal = 0; signal < signals; signal++) values[at * signals + signal] = Math.max(values[at * signals + signal]!, found[signal]!)
  }
  return { articles: [...places.keys()], values: Float32Array.from(values) }
}

function signalTable(lessons: RetrievalLessons, indexes: number[], adapter: Float32Array | null): Map<number, Found> {
  const { dimensions, questions } = lessons
  return new Map(
    indexes.map((index) => [index, signalsOf(lessons, index, adaptQuery(adapter, questions.subarray(index * dimensions, (index + 1) * dimensions)))]),
  )
}

const iterations = 300
const stepSize = 0.5
/** Scores are compared as if by a softmax of this sharpness; the weights keep the sum that they have now. */
const sharpness = 20
const pullToNow = 0.02

function fitWeights(lessons: RetrievalLessons, indexes: number[], table: Map<number, Found>): Float32Array {
  const total = lessons.weights.reduce((sum, weight) => sum + weight, 0)
  const start = lessons.weights.map((weight) => weight / total)
  let weights = Float32Array.from(start)
  for (let iteration = 0; iteration < iterations; iteration++) {
    const gradient = new Float32Array(signals)
    let used = 0
    for (const index of indexes) {
      const { articles, values } = table.get(index)!
      const right = rightOf(lessons, index)
      const scores = articles.map((_, place) => sharpness * scoreOf(values, place, weights))
      const targets = articles.flatMap((article, place) => (right.has(article) ? [place] : []))
      if (targets.length === 0 || targets.length === articles.length) continue
      const highest = Math.max(...scores)
      const exponentials = scores.map((score) => Math.exp(score - highest))
      const all = exponentials.reduce((sum, value) => sum + value, 0)
      const wanted = targets.reduce((sum, place) => sum + exponentials[place]!, 0)
      for (let place = 0; place < articles.length; place++) {
        const error = exponentials[place]! / all - (targets.includes(place) ? exponentials[place]! / wanted : 0)
        for (let signal = 0; signal < signals; signal++) gradient[signal]! += error * sharpness * values[place * signals + signal]!
      }
      used++
    }
    if (used === 0) return lessons.weights
    weights = weights.map((weight, signal) =>
      Math.max(0, weight - (stepSize / sharpness) * (gradient[signal]! / used + pullToNow * sharpness * (weight - start[signal]!))),
    )
  }
  const sum = weights.reduce((partial, weight) => partial + weight, 0) || 1
  return weights.map((weight) => (weight / sum) * total)
}

function scoreOf(values: Float32Array, place: number, weights: Float32Array): number {
  let score = 0
  for (let signal = 0; signal < signals; signal++) score += weights[signal]! * values[place * signals + signal]!
  return score
}

function reciprocalRank(lessons: RetrievalLessons, index: number, { articles, values }: Found, weights: Float32Array): number {
  const right = rightOf(lessons, index)
  const scores = articles.map((_, place) => scoreOf(values, place, weights))
  const best = articles.reduce(
    (highest, article, place) => (right.has(article) ? Math.max(highest, scores[place]!) : highest),
    Number.NEGATIVE_INFINITY,
  )
  if (best === Number.NEGATIVE_INFINITY) return 0
  return 1 / (1 + articles.filter((article, place) => !right.has(article) && scores[place]! >= best).length)
}

function phrasingsOf(lessons: RetrievalLessons, indexes: number[]): Map<number, number[]> {
  const known = new Map<number, number[]>()
  for (const index of indexes) for (const article of rightOf(lessons, index)) known.set(article, [...(known.get(article) ?? []), index])
  return known
}

/** A phrasing is one more section of its article. */
function withPhrasings(
  { dimensions, questions }: RetrievalLessons,
  { articles, values }: Found,
  known: Map<number, number[]>,
  query: Float32Array,
): Found {
  const raised = Float32Array.from(values)
  for (const [place, article] of articles.entries()) {
    for (const index of known.get(article) ?? []) {
      const likeness = dot(query, 0, questions, index * dimensions, dimensions)
      for (const signal of [1, 2]) raised[place * signals + signal] = Math.max(raised[place * signals + signal]!, likeness)
    }
  }
  return { articles, values: raised }
}

function rightOf({ rightFrom, rightArticles }: RetrievalLessons, index: number): Set<number> {
  return new Set(rightArticles.subarray(rightFrom[index]!, rightFrom[index + 1]!))
}

/** Groups in an order drawn by lot, each into the fold with the fewest questions. */
function assignFolds(groups: Int32Array): Int32Array {
  const sizes = new Map<number, number>()
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1)
  const filled = new Int32Array(folds)
  const foldOfGroup = new Map<number, number>()
  for (const group of createRandom(seed).shuffled([...sizes.keys()])) {
    const fold = filled.indexOf(Math.min(...filled))
    filled[fold]! += sizes.get(group)!
    foldOfGroup.set(group, fold)
  }
  return groups.map((group) => foldOfGroup.get(group)!)
}

function groupMeans(groups: Int32Array, values: Float32Array): number[] {
  const sums = new Map<number, { sum: number; count: number }>()
  for (const [index, group] of groups.entries()) {
    const { sum, count } = sums.get(group) ?? { sum: 0, count: 0 }
    sums.set(group, { sum: sum + values[index]!, count: count + 1 })
  }
  return Array.from(sums.values(), ({ sum, count }) => sum / count)
}

const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`
const indexesWhere = (count: number, isWanted: (index: number) => boolean) => Array.from({ length: count }, (_, index) => index).filter(isWanted)
