// How well the right article is found for the sample questions, and how fast: `npm run eval:retrieval`.

import { conversationQueries } from '../src/services/retrieval/conversation-queries.ts'
import { type RetrieveRequest, retrieve } from '../src/services/retrieval/retrieve.ts'
import { openKnowledge } from '../test/support/open-knowledge.ts'
import { loadHelpCenter, type Question, readLines } from './help-center.ts'

const { resources, close } = await openKnowledge()
const slugs = await loadHelpCenter(resources)
const all = readLines<Question>('questions.jsonl')
const questions = all.filter(({ kind }) => kind !== 'followup')
// Loading the model is no part of a search. A question that was embedded before comes from the embedder's cache.
await resources.embedder?.embed(['warm'])

type Options = Pick<RetrieveRequest, 'mode' | 'fusion'>
async function measure(
  name: string,
  asked: Question[],
  queriesOf: (question: Question) => Pick<RetrieveRequest, 'queries' | 'weights'>,
  options: Options = {},
): Promise<void> {
  const ranks: number[] = []
  const tookMs: number[] = []
  for (const question of asked) {
    const { hits, tookMs: took } = await retrieve(resources, { ...queriesOf(question), limit: 10, ...options })
    tookMs.push(took)
    ranks.push(hits.findIndex(({ articleId }) => question.articles.includes(slugs.get(articleId)!)) + 1)
  }
  const share = (limit: number) => (ranks.filter((rank) => rank > 0 && rank <= limit).length / ranks.length).toFixed(3)
  const reciprocal = (ranks.reduce((sum, rank) => sum + (rank ? 1 / rank : 0), 0) / ranks.length).toFixed(3)
  tookMs.sort((a, b) => a - b)
  const at = (part: number) => tookMs[Math.floor(part * (tookMs.length - 1))]!.toFixed(1)
  console.log(
    `${name.padEnd(28)} hit@1 ${share(1)}  hit@3 ${share(3)}  MRR@10 ${reciprocal}  p50 ${at(0.5)} ms  p95 ${at(0.95)} ms  (${ranks.length} questions)`,
  )
}

const alone = ({ question }: Question) => ({ queries: [question] })
await measure('hybrid', questions, alone)
await measure('hybrid, already embedded', questions, alone)
await measure('hybrid, rank fusion', questions, alone, { fusion: 'RANKS' })
await measure('vector', questions, alone, { mode: 'VECTOR' })
await measure('keyword', questions, alone, { mode: 'KEYWORD' })
for (const kind of ['plain', 'paraphrase', 'typo', 'detail'] as const)
  await measure(
    `hybrid: ${kind}`,
    all.filter((question) => question.kind === kind),
    alone,
  )
const followUps = all.filter(({ kind }) => kind === 'followup')
await measure('follow-ups, alone', followUps, alone)
await measure('follow-ups, with history', followUps, ({ history = [], question }) =>
  conversationQueries([...history.map(({ role, text }) => ({ author: role, text })), { author: 'customer', text: question }]),
)
await close()
