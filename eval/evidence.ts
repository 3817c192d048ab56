// Fits the two models of src/services/retrieval/judge-evidence.ts and prints how well they do on questions they were not fitted on:
// `npm run eval:evidence`. Paste what it prints there.

import { type EvidenceSignals, evidenceSignals } from '../src/services/retrieval/evidence-signals.ts'
import { judgedArticles } from '../src/services/retrieval/judge-evidence.ts'
import { type Retrieval, retrieve } from '../src/services/retrieval/retrieve.ts'
import type { SearchMode } from '../src/services/retrieval/search-chunks.ts'
import { openKnowledge } from '../test/support/open-knowledge.ts'
import { auroc, crossValidate, type Example, fitLogistic } from './fit-logistic.ts'
import { loadHelpCenter, type Question, readLines } from './help-center.ts'

type Source = 'answerable' | 'articles left out' | 'out of scope' | 'other domain'
interface Case {
  source: Source
  group: string
  signals: EvidenceSignals
}

const { resources, close } = await openKnowledge()
const slugs = await loadHelpCenter(resources)
const questions = readLines<Question>('questions.jsonl').filter(({ kind }) => kind !== 'followup')
const outOfScope = readLines<{ id: string; text: string; kind: string }>('out-of-scope.jsonl').filter(
  ({ kind }) => kind === 'off_topic' || kind === 'missing_knowledge',
)
const otherDomain = readLines<{ text: string }>('intents/clinc150-validation.jsonl').filter((_, index) => index % 20 === 0)

function signalsOf(question: string, { hits, backgroundSimilarity }: Retrieval): EvidenceSignals {
  return evidenceSignals(
    [question],
    hits.slice(0, judgedArticles).map(({ chunk, similarity }) => ({ heading: chunk.heading, text: chunk.text, similarity })),
    backgroundSimilarity,
  )
}

async function collect(mode: SearchMode): Promise<Case[]> {
  const cases: Case[] = []
  const search = (query: string) => retrieve(resources, { queries: [query], limit: judgedArticles + 5, mode })
  for (const { id, question, articles } of questions) {
    const found = await search(question)
    cases.push({ source: 'answerable', group: id, signals: signalsOf(question, found) })
    const without = { ...found, hits: found.hits.filter(({ articleId }) => !articles.includes(slugs.get(articleId)!)) }
    cases.push({ source: 'articles left out', group: id, signals: signalsOf(question, without) })
  }
  for (const { id, text } of outOfScope) cases.push({ source: 'out of scope', group: id, signals: signalsOf(text, await search(text)) })
  for (const [index, { text }] of otherDomain.entries())
    cases.push({ source: 'other domain', group: `clinc-${index}`, signals: signalsOf(text, await search(text)) })
  return cases
}

function report(name: string, cases: Case[], names: (keyof EvidenceSignals)[]): void {
  const negatives: Record<Source, number> = { answerable: 1, 'articles left out': 0.4, 'out of scope': 0.3, 'other domain': 0.3 }
  const count = (source: Source) => cases.filter((item) => item.source === source).length
  const examples = cases.map(
    ({ source, group, signals }): Example => ({
      features: names.map((feature) => signals[feature]),
      label: source === 'answerable' ? 1 : 0,
      weight: negatives[source] / count(source),
      group,
    }),
  )
  const predictions = crossValidate(examples, 10)
  const of = (source: Source) => predictions.filter((_, index) => cases[index]!.source === source)
  const correct =
    examples.reduce((sum, { label, weight }, index) => sum + ((predictions[index]! >= 0.5 ? 1 : 0) === label ? weight : 0), 0) /
    examples.reduce((sum, { weight }) => sum + weight, 0)
  const all = predictions.filter((_, index) => cases[index]!.source !== 'answerable')
  const model = fitLogistic(examples)
  console.log(
    `${name} [${names.join(', ')}]: AUROC ${auroc(of('answerable'), all).toFixed(3)}, balanced accuracy ${correct.toFixed(3)} (10 folds by question)`,
  )
  for (const source of ['answerable', 'articles left out', 'out of scope', 'other domain'] as const) {
    const sufficient = of(source).filter((probability) => probability >= 0.5).length / of(source).length
    const against = source === 'answerable' ? '' : `, AUROC ${auroc(of('answerable'), of(source)).toFixed(3)}`
    console.log(`  ${source.padEnd(18)} n ${String(of(source).length).padStart(3)}  judged sufficient ${sufficient.toFixed(3)}${against}`)
  }
  for (const kept of [0.8, 0.85, 0.9]) {
    const threshold = of('answerable').sort((a, b) => a - b)[Math.floor((1 - kept) * of('answerable').length)]!
    const passed = (source: Source) => (of(source).filter((probability) => probability >= threshold).length / of(source).length).toFixed(2)
    console.log(
      `  at ${threshold.toFixed(2)} ${kept} of the answerable are kept, and ${passed('articles left out')} / ${passed('out of scope')} / ${passed('other domain')} of the others`,
    )
  }
  console.log(`  { bias: ${model.bias.toFixed(2)}, ${names.map((feature, index) => `${feature}: ${model.weights[index]!.toFixed(2)}`).join(', ')} }`)
}

const hybrid = await collect('HYBRID')
report('hybrid', hybrid, ['similarity', 'lead', 'coverage', 'headingCoverage'])
const keyword = await collect('KEYWORD')
report('keyword', keyword, ['coverage', 'headingCoverage'])
await close()
