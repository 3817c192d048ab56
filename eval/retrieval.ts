// How well the right article is found for the sample questions, and how fast: `npm run eval:retrieval`.
import { openKnowledge } from '../test/support/open-knowledge.ts'
import { retrieve } from '../src/services/retrieval/retrieve.ts'
import { loadHelpCenter, readLines, type Question } from './help-center.ts'

const { resources, close } = await openKnowledge()
const slugs = await loadHelpCenter(resources)
const questions = readLines<Question>('questions.jsonl').filter(({ kind }) => kind !== 'followup')

for (const [name, options] of [
  ['hybrid', {}],
  ['hybrid, rank fusion', { fusion: 'RANKS' }],
  ['vector', { mode: 'VECTOR' }],
  ['keyword', { mode: 'KEYWORD' }],
] as const) {
  const ranks: number[] = []
  const tookMs: number[] = []
  for (const { question, articles } of questions) {
    const { hits, tookMs: took } = await retrieve(resources, { queries: [question], limit: 10, ...options })
    tookMs.push(took)
    ranks.push(hits.findIndex(({ articleId }) => articles.includes(slugs.get(articleId)!)) + 1)
  }
  const share = (limit: number) => (ranks.filter((rank) => rank > 0 && rank <= limit).length / ranks.length).toFixed(3)
  const reciprocal = (ranks.reduce((sum, rank) => sum + (rank ? 1 / rank : 0), 0) / ranks.length).toFixed(3)
  tookMs.sort((a, b) => a - b)
  const at = (share: number) => tookMs[Math.floor(share * (tookMs.length - 1))]!.toFixed(1)
  console.log(`${name.padEnd(20)} hit@1 ${share(1)}  hit@3 ${share(3)}  MRR@10 ${reciprocal}  p50 ${at(0.5)} ms  p95 ${at(0.95)} ms  (${ranks.length} questions)`)
}
await close()
