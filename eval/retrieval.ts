// Is the right article found, how well beside the plain stack, and how fast? npm run eval -- retrieval [FILE.jsonl …]
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { percentile } from '../bench/statistics.ts'
import { LocalEmbedder } from '../src/engines/local-embedder.ts'
import { shippedModelsDir } from '../src/engines/shipped-minilm.ts'
import { conversationQueries } from '../src/services/retrieval/conversation-queries.ts'
import { type RetrieveRequest, retrieve } from '../src/services/retrieval/retrieve.ts'
import { openKnowledge } from '../test/support/open-knowledge.ts'
import { type Collection, helpCenterCollection, readCollection } from './collection.ts'
import { type Question, readLines } from './help-center.ts'
import { loadCollection } from './load-articles.ts'
import { openPlainStack } from './plain-stack.ts'
import { rankingFigures } from './ranking-figures.ts'

const usage = `Usage: npm run eval -- retrieval [FILE.jsonl …]

Without a file: the sample help centre, and the bases of eval/data/bases on which the weights were chosen.
A file has one JSON object a line, articles and questions in any order:
  {"id": "shipping", "title": "Shipping", "body": "Markdown"}
  {"question": "How long does it take?", "articles": ["shipping"], "kind": "plain"}
`

interface Answer {
  ids: string[]
  tookMs: number
}
type Ask = (question: string) => Promise<Answer>

if (process.argv.includes('--help')) process.stdout.write(usage)
else {
  const files = process.argv.slice(2)
  const bases = join(import.meta.dirname, 'data/bases')
  if (files.length > 0) for (const collection of readAll(files)) await evaluate(collection)
  else {
    await evaluate(helpCenterCollection(), { note: 'nothing was tuned on these questions', hasFollowUps: true })
    for (const file of readdirSync(bases).sort())
      await evaluate(readCollection(join(bases, file)), { note: 'the weights of retrieval were chosen on these' })
  }
}

/** Before anything is measured; what is wrong with a file is said in one line. */
function readAll(files: string[]): Collection[] {
  try {
    return files.map(readCollection)
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\nSee npm run eval -- retrieval --help\n`)
    process.exit(1)
  }
}

async function evaluate(collection: Collection, { note = '', hasFollowUps = false } = {}): Promise<void> {
  const { articles, questions } = collection
  console.log(`\n${collection.name}: ${articles.length} articles, ${questions.length} questions${note && ` (${note})`}`)
  const { resources, close } = await openKnowledge()
  const plainEmbedder = new LocalEmbedder({ modelsDir: shippedModelsDir, cacheSize: 1 })
  try {
    const ids = await loadCollection(resources, collection)
    const ask =
      (options: Pick<RetrieveRequest, 'mode' | 'fusion'> = {}): Ask =>
      async (question) => {
        const { hits, tookMs } = await retrieve(resources, { queries: [question], limit: 10, ...options })
        return { ids: hits.map(({ articleId }) => ids.get(articleId)!), tookMs }
      }
    const plain = await openPlainStack(plainEmbedder, collection)
    const askPlain: Ask = async (question) => {
      const startedAt = performance.now()
      return { ids: await plain(question), tookMs: performance.now() - startedAt }
    }
    await ask()('warm')
    await askPlain('warm')
    // In turns, so that a slow moment of the machine meets both; nothing that was embedded before is asked for its time.
    const [ours, plainly] = await inTurns(questions, [ask(), askPlain])
    report('hybrid', ours!, questions)
    report('plain stack', plainly!, questions)
    const kinds = [...new Set(questions.map(({ kind }) => kind))]
    if (kinds.length > 1) {
      for (const kind of kinds) {
        const of = (answers: Answer[]) => answers.filter((_, index) => questions[index]!.kind === kind)
        const asked = questions.filter((question) => question.kind === kind)
        report(`  hybrid: ${kind}`, of(ours!), asked, { isBrief: true })
        report(`  plain stack: ${kind}`, of(plainly!), asked, { isBrief: true })
      }
    }
    for (const [name, options] of [
      ['hybrid by ranks', { fusion: 'RANKS' }],
      ['vector', { mode: 'VECTOR' }],
      ['keyword', { mode: 'KEYWORD' }],
    ] as const) {
      const [answers] = await inTurns(questions, [ask(options)])
      report(name, answers!, questions, { isBrief: true })
    }
    if (hasFollowUps) await followUps(ask, (request) => retrieve(resources, request), ids)
  } finally {
    await plainEmbedder.close()
    await close()
  }
}

async function inTurns(questions: Collection['questions'], asks: Ask[]): Promise<Answer[][]> {
  const answers: Answer[][] = asks.map(() => [])
  for (const { question } of questions) for (const [index, ask] of asks.entries()) answers[index]!.push(await ask(question))
  return answers
}

function report(name: string, answers: Answer[], questions: Pick<Collection['questions'][number], 'articles'>[], { isBrief = false } = {}): void {
  const ranks = answers.map(({ ids }, index) => ids.findIndex((id) => questions[index]!.articles.includes(id)) + 1)
  const { hit1, hit3, mrr, interval } = rankingFigures(ranks)
  const tookMs = answers.map((answer) => answer.tookMs)
  const time = isBrief ? '' : `  p50 ${percentile(tookMs, 0.5).toFixed(1)} ms  p95 ${percentile(tookMs, 0.95).toFixed(1)} ms`
  const figures = `hit@1 ${hit1.toFixed(3)}  hit@3 ${hit3.toFixed(3)}  MRR@10 ${mrr.toFixed(3)} (${interval.map((value) => value.toFixed(3)).join('–')})`
  console.log(`  ${name.padEnd(26)} ${figures}${time}  n ${ranks.length}`)
}

async function followUps(ask: () => Ask, search: (request: RetrieveRequest) => ReturnType<typeof retrieve>, ids: Map<string, string>): Promise<void> {
  const questions = readLines<Question>('questions.jsonl').filter(({ kind }) => kind === 'followup')
  const [alone] = await inTurns(questions, [ask()])
  report('follow-ups, alone', alone!, questions, { isBrief: true })
  const withHistory: Answer[] = []
  for (const { history = [], question } of questions) {
    const turns = history.map(({ role, text }) => ({ author: role, text }))
    const { hits, tookMs } = await search({ ...conversationQueries([...turns, { author: 'customer', text: question }]), limit: 10 })
    withHistory.push({ ids: hits.map(({ articleId }) => ids.get(articleId)!), tookMs })
  }
  report('follow-ups, with history', withHistory, questions, { isBrief: true })
}
