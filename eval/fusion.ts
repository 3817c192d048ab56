// How the weights of src/services/retrieval/fuse-signals.ts are chosen: on the bases of eval/data/bases, each left out in turn, and never on the
// sample's questions. npm run eval -- fusion
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { signalWeights } from '../src/services/retrieval/fuse-signals.ts'
import { scoreCandidates } from '../src/services/retrieval/score-candidates.ts'
import { searchChunks } from '../src/services/retrieval/search-chunks.ts'
import { spelledOut } from '../src/services/retrieval/spelled-out.ts'
import { openKnowledge } from '../test/support/open-knowledge.ts'
import { type Collection, readCollection } from './collection.ts'
import { loadCollection } from './load-articles.ts'

const signals = ['article', 'section', 'sentence', 'keyword'] as const
type Weights = Record<(typeof signals)[number], number>

/** Each candidate article's best value of every signal, over the weighted queries. */
interface Asked {
  articles: { isRight: boolean; values: Weights }[]
}

const grid = [0, 0.1, 0.25, 0.5, 0.75, 1, 1.5]
const folder = join(import.meta.dirname, 'data/bases')
const bases = new Map<string, Asked[]>()
for (const file of readdirSync(folder).sort()) {
  const collection = readCollection(join(folder, file))
  bases.set(collection.name, await signalsOf(collection))
}

const names = [...bases.keys()]
console.log(`Mean reciprocal rank at 10, ${names.join(', ')}`)
for (const name of names) {
  const others = names.filter((other) => other !== name)
  const { weights, mrr } = search(others)
  console.log(`  chosen without ${name.padEnd(10)} ${mrr.toFixed(3)} on the others, ${mrrOf(name, weights).toFixed(3)} on it; ${show(weights)}`)
}
const { weights, mrr } = search(names)
console.log(`  chosen on all             ${mrr.toFixed(3)} (${names.map((name) => mrrOf(name, weights).toFixed(3)).join(', ')}); ${show(weights)}`)
console.log(
  `  as they are now           ${meanOf(names, signalWeights).toFixed(3)} (${names.map((name) => mrrOf(name, signalWeights).toFixed(3)).join(', ')}); ${show(signalWeights)}`,
)
for (const signal of signals) {
  const without = { ...signalWeights, [signal]: 0 }
  console.log(
    `  without ${signal.padEnd(17)} ${meanOf(names, without).toFixed(3)} (${names.map((name) => mrrOf(name, without).toFixed(3)).join(', ')})`,
  )
}

async function signalsOf(collection: Collection): Promise<Asked[]> {
  const { resources, close } = await openKnowledge()
  const ids = await loadCollection(resources, collection)
  const asked: Asked[] = []
  for (const { question, articles } of collection.questions) {
    const { queries, weights: queryWeights } = spelledOut(resources.spelling, { queries: [question] })
    const { results } = await searchChunks(resources, { queries, mode: 'HYBRID', limit: 60, filter: {}, signal: undefined })
    const total = queryWeights.reduce((sum, weight) => sum + weight, 0)
    const byArticle = Map.groupBy(scoreCandidates(results), ({ articleId }) => articleId)
    asked.push({
      articles: Array.from(byArticle, ([id, chunks]) => ({
        isRight: articles.includes(ids.get(id)!),
        values: Object.fromEntries(
          signals.map((signal) => [
            signal,
            queryWeights.reduce(
              (sum, weight, query) => sum + (weight / total) * Math.max(...chunks.map((chunk) => chunk.signals[query]![signal] ?? 0)),
              0,
            ),
          ]),
        ) as Weights,
      })),
    })
  }
  await close()
  return asked
}

function mrrOf(name: string, some: Weights): number {
  const scoreOf = (values: Weights) => signals.reduce((sum, signal) => sum + some[signal] * values[signal], 0)
  const reciprocal = bases.get(name)!.map(({ articles }) => {
    const best = Math.max(...articles.filter(({ isRight }) => isRight).map(({ values }) => scoreOf(values)))
    const rank = 1 + articles.filter(({ isRight, values }) => !isRight && scoreOf(values) > best).length
    return Number.isFinite(best) && rank <= 10 ? 1 / rank : 0
  })
  return reciprocal.reduce((sum, value) => sum + value, 0) / reciprocal.length
}

function meanOf(some: string[], given: Weights): number {
  return some.reduce((sum, name) => sum + mrrOf(name, given), 0) / some.length
}

/** One weight at a time, until none moves. */
function search(some: string[]): { weights: Weights; mrr: number } {
  let best = { weights: { article: 1, section: 1, sentence: 1, keyword: 0.25 } as Weights, mrr: 0 }
  best.mrr = meanOf(some, best.weights)
  for (let isMoving = true; isMoving; ) {
    isMoving = false
    for (const signal of signals) {
      for (const value of grid) {
        const tried = { ...best.weights, [signal]: value }
        const reached = meanOf(some, tried)
        if (reached > best.mrr + 1e-4) {
          best = { weights: tried, mrr: reached }
          isMoving = true
        }
      }
    }
  }
  return best
}

function show(some: Weights): string {
  return signals.map((signal) => `${signal} ${some[signal]}`).join(', ')
}
