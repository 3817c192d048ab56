// How alike are questions about the same thing? `npm run eval -- few-shot`: the floor below which no approved reply is shown, from bases that were written for fitting.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { leastSimilar } from '../src/services/training/nearest-replies.ts'
import { openKnowledge } from '../test/support/open-knowledge.ts'
import { readJsonLines } from './read-json-lines.ts'

const folder = 'eval/data/bases'
const { resources, close } = await openKnowledge()
const same: number[] = []
const nearestOther: number[] = []
for (const file of readdirSync(new URL('data/bases/', import.meta.url)).sort()) {
  const rows = readJsonLines<{ question?: string; articles?: string[] }>(join(folder, file)).filter(
    (row): row is { question: string; articles: string[] } => row.question !== undefined && (row.articles?.length ?? 0) > 0,
  )
  const vectors = await resources.embedder!.embed(
    rows.map(({ question }) => question),
    { priority: 'bulk' },
  )
  for (const [i, { articles }] of rows.entries()) {
    const alike = rows.map((_, j) => vectors[i]!.reduce((sum, value, at) => sum + value * vectors[j]![at]!, 0))
    const isSame = rows.map((row, j) => j !== i && row.articles.some((article) => articles.includes(article)))
    const best = (wanted: boolean) => Math.max(-1, ...alike.filter((_, j) => j !== i && isSame[j] === wanted))
    if (isSame.some(Boolean)) same.push(best(true))
    nearestOther.push(best(false))
  }
}
await close()
console.log(`floor   nearest question about the same article is above it   nearest about another one is above it`)
for (const floor of [0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7]) {
  const share = (values: number[]) => `${((100 * values.filter((value) => value >= floor).length) / values.length).toFixed(0)}%`
  console.log(`${floor.toFixed(2)}${floor === leastSimilar ? ' *' : '  '}  ${share(same).padEnd(55)} ${share(nearestOther)}`)
}
console.log(`* in use; ${same.length} questions with another about the same article, of the bases in eval/data/bases`)
