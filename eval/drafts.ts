// What the extractive writer makes of the sample questions, retrieval included: `npm run eval -- drafts`.
import { ExtractiveGenerator } from '../src/engines/extractive-generator.ts'
import { createMarkStripper } from '../src/services/drafting/strip-source-marks.ts'
import { gatherEvidence } from '../src/services/retrieval/gather-evidence.ts'
import { openKnowledge } from '../test/support/open-knowledge.ts'
import { loadHelpCenter, type Question, readLines } from './help-center.ts'

const { resources, close } = await openKnowledge()
const slugs = await loadHelpCenter(resources)
const writer = new ExtractiveGenerator({ embedder: resources.embedder, pauseMs: 0 })
const voice = { greeting: 'Hi there,', signOff: '— The support team' }
const isVerbose = process.argv.includes('--texts')

async function draft(question: string, history: { author: 'customer' | 'agent'; text: string }[]) {
  const { sources, sufficient, context } = await gatherEvidence(resources, { history, question })
  const offered = sources.filter(({ internal }) => !internal)
  const stripper = createMarkStripper()
  let text = ''
  const request = {
    messages: [],
    question,
    context,
    sources: offered,
    sufficient,
    handOver: false,
    voice,
    tone: null,
    parameters: { contextTokens: 4096, maximumTokens: 400, temperature: 0 },
  }
  for await (const output of writer.generate(request, { signal: AbortSignal.timeout(30_000) }))
    if (output.type === 'text') text += stripper.push(output.text)
  text += stripper.finish()
  const used = [...new Set(stripper.marks.map(({ number }) => offered.find((source) => source.number === number)?.articleId))].map(
    (id) => slugs.get(id!)!,
  )
  return { text, used }
}

const questions = readLines<Question>('questions.jsonl')
let answered = 0
let fromRight = 0
let onlyRight = 0
let first = 0
for (const { question, articles, history = [] } of questions) {
  const { text, used } = await draft(
    question,
    history.map(({ role, text: said }) => ({ author: role, text: said })),
  )
  if (used.length > 0) answered++
  if (used.some((slug) => articles.includes(slug))) fromRight++
  if (used.length > 0 && used.every((slug) => articles.includes(slug))) onlyRight++
  if (articles.includes(used[0]!)) first++
  if (isVerbose)
    console.log(`\n# ${question}  [wanted ${articles.join(', ')}; used ${used.join(', ') || 'none'}]\n${text.split('\n').slice(2, -2).join('\n')}`)
}
const share = (count: number) => `${((100 * count) / questions.length).toFixed(1)}%`
console.log(
  `${questions.length} questions: ${share(answered)} answered, ${share(fromRight)} from a right article, ${share(first)} with a right one first, ${share(onlyRight)} from right articles alone`,
)
await close()
