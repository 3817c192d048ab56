// Fits the two models of src/services/retrieval/judge-evidence.ts on the three bases of eval/data/bases, prints how well they do on a base that they
// were not fitted on, and then on the sample help centre and two small bases, which nothing is fitted on: npm run eval -- evidence. Paste what it
// prints there.
import { join } from 'node:path'
import { type EvidenceSignals, evidenceSignals } from '../src/services/retrieval/evidence-signals.ts'
import { foundTexts, judgedArticles } from '../src/services/retrieval/judge-evidence.ts'
import { type Retrieval, retrieve } from '../src/services/retrieval/retrieve.ts'
import type { SearchMode } from '../src/services/retrieval/search-chunks.ts'
import { openKnowledge } from '../test/support/open-knowledge.ts'
import { type Collection, helpCenterCollection, readCollection } from './collection.ts'
import { auroc, type Example, fitLogistic, predict } from './fit-logistic.ts'
import { readLines } from './help-center.ts'
import { loadCollection } from './load-articles.ts'
import { readJsonLines } from './read-json-lines.ts'

type Source = 'answerable' | 'articles left out' | 'missing' | 'other domain'
interface Case {
  source: Source
  base: string
  group: string
  signals: EvidenceSignals
}

// What is missing is worth more than a left-out article: its neighbours often do answer in part.
const negatives: Record<Source, number> = { answerable: 1, 'articles left out': 0.3, missing: 0.5, 'other domain': 0.3 }
const missing = [
  ...readJsonLines<{ base: string; text: string }>('eval/data/missing-knowledge.jsonl'),
  ...readLines<{ text: string; kind: string }>('out-of-scope.jsonl')
    .filter(({ kind }) => kind === 'missing_knowledge')
    .map(({ text }) => ({ base: 'help-center', text })),
]
const otherDomain = readLines<{ text: string }>('intents/clinc150-oos-train.jsonl').map(({ text }) => text)

const fittedOn = ['cloudkeep', 'ledgerly', 'almanac']
const heldOut = ['help-center', 'fernway', 'tidalgym']
const read = (path: string) => readCollection(join(import.meta.dirname, 'data', path))
const bases = [
  ...fittedOn.map((name) => read(`bases/${name}.jsonl`)),
  ...['fernway', 'tidalgym'].map((name) => read(`unseen-bases/${name}.jsonl`)),
  helpCenterCollection(),
]
const cases: Record<'HYBRID' | 'KEYWORD', Case[]> = { HYBRID: [], KEYWORD: [] }
for (const [index, base] of bases.entries()) await collect(base, index)
report('hybrid', cases.HYBRID, ['similarity', 'lead', 'coverage'])
report('hybrid', cases.HYBRID, ['similarity', 'sentence', 'article', 'margin', 'lead', 'coverage'])
report('keyword', cases.KEYWORD, ['coverage', 'headingCoverage'])

async function collect(base: Collection, index: number): Promise<void> {
  const { resources, close } = await openKnowledge()
  const ids = await loadCollection(resources, base)
  const search = (query: string, mode: SearchMode) => retrieve(resources, { queries: [query], limit: judgedArticles + 5, mode })
  for (const mode of ['HYBRID', 'KEYWORD'] as const) {
    const add = (source: Source, question: string, found: Retrieval) => {
      const signals = evidenceSignals(found.queries, foundTexts(found), found.backgroundSimilarity)
      cases[mode].push({ source, base: base.name, group: `${base.name} ${question}`, signals })
    }
    for (const { question, articles } of base.questions) {
      const found = await search(question, mode)
      add('answerable', question, found)
      add('articles left out', question, { ...found, hits: found.hits.filter(({ articleId }) => !articles.includes(ids.get(articleId)!)) })
    }
    for (const { text } of missing.filter((question) => question.base === base.name)) add('missing', text, await search(text, mode))
    for (const text of otherDomain.filter((_, position) => position % 4 === Math.min(index, fittedOn.length)))
      add('other domain', text, await search(text, mode))
  }
  await close()
}

function examplesOf(some: Case[], names: (keyof EvidenceSignals)[]): Example[] {
  const count = (source: Source, base: string) => some.filter((item) => item.source === source && item.base === base).length
  return some.map(({ source, base, group, signals }) => ({
    features: names.map((feature) => signals[feature]),
    label: source === 'answerable' ? 1 : 0,
    weight: negatives[source] / count(source, base),
    group,
  }))
}

function report(name: string, all: Case[], names: (keyof EvidenceSignals)[]): void {
  const fitted = all.filter(({ base }) => fittedOn.includes(base))
  const examples = examplesOf(fitted, names)
  console.log(`\n${name} [${names.join(', ')}]`)
  const predictions: number[] = []
  for (const base of new Set(fitted.map((item) => item.base))) {
    const model = fitLogistic(examples.filter((_, index) => fitted[index]!.base !== base))
    for (const [index, { features }] of examples.entries()) if (fitted[index]!.base === base) predictions[index] = predict(model, features)
    describe(
      `fitted without ${base}, on it`,
      fitted.filter((item) => item.base === base),
      predictions.filter((_, index) => fitted[index]!.base === base),
    )
  }
  describe('all three, each fitted without itself', fitted, predictions)
  const model = fitLogistic(examples)
  const unseen = heldOut.map((base) => {
    const theirs = all.filter((item) => item.base === base)
    const theirPredictions = examplesOf(theirs, names).map(({ features }) => predict(model, features))
    describe(`${base}, held out`, theirs, theirPredictions)
    return { base, theirs, theirPredictions }
  })
  const answerable = predictions.filter((_, index) => fitted[index]!.source === 'answerable').sort((a, b) => a - b)
  for (const kept of [0.85, 0.9, 0.95, 0.97]) {
    const threshold = answerable[Math.floor((1 - kept) * answerable.length)]!
    console.log(`  at ${threshold.toFixed(2)} pass: ${passing(fitted, predictions, threshold)}`)
    for (const { base, theirs, theirPredictions } of unseen) console.log(`    of ${base}: ${passing(theirs, theirPredictions, threshold)}`)
  }
  console.log(`  { bias: ${model.bias.toFixed(2)}, ${names.map((feature, index) => `${feature}: ${model.weights[index]!.toFixed(2)}`).join(', ')} }`)
}

const passing = (some: Case[], predictions: number[], threshold: number) =>
  (Object.keys(negatives) as Source[])
    .map((source) => {
      const theirs = predictions.filter((_, index) => some[index]!.source === source)
      return `${source} ${(theirs.filter((probability) => probability >= threshold).length / theirs.length).toFixed(2)}`
    })
    .join(', ')

function describe(how: string, some: Case[], predictions: number[]): void {
  const of = (source: Source) => predictions.filter((_, index) => some[index]!.source === source)
  const others = (['articles left out', 'missing', 'other domain'] as const).filter((source) => of(source).length > 0)
  const all = predictions.filter((_, index) => some[index]!.source !== 'answerable')
  console.log(
    `  ${how}: AUROC ${auroc(of('answerable'), all).toFixed(3)} (${others.map((source) => `${source} ${auroc(of('answerable'), of(source)).toFixed(3)}`).join(', ')})`,
  )
}
