// Fits the two models of src/services/retrieval/judge-evidence.ts and prints how well they do on questions, and on a whole base, that they were
// not fitted on: npm run eval -- evidence. Paste what it prints there.
import { join } from 'node:path'
import { type EvidenceSignals, evidenceSignals } from '../src/services/retrieval/evidence-signals.ts'
import { foundTexts, judgedArticles } from '../src/services/retrieval/judge-evidence.ts'
import { type Retrieval, retrieve } from '../src/services/retrieval/retrieve.ts'
import type { SearchMode } from '../src/services/retrieval/search-chunks.ts'
import { openKnowledge } from '../test/support/open-knowledge.ts'
import { type Collection, helpCenterCollection, readCollection } from './collection.ts'
import { auroc, crossValidate, type Example, fitLogistic, predict } from './fit-logistic.ts'
import { readLines } from './help-center.ts'
import { loadCollection } from './load-articles.ts'

type Source = 'answerable' | 'articles left out' | 'out of scope' | 'other domain'
interface Case {
  source: Source
  base: string
  group: string
  signals: EvidenceSignals
}

const negatives: Record<Source, number> = { answerable: 1, 'articles left out': 0.4, 'out of scope': 0.3, 'other domain': 0.3 }
const outOfScope = readLines<{ id: string; text: string; kind: string }>('out-of-scope.jsonl')
  .filter(({ kind }) => kind === 'off_topic' || kind === 'missing_knowledge')
  .map(({ text }) => text)
const otherDomain = readLines<{ text: string }>('intents/clinc150-validation.jsonl').map(({ text }) => text)

const bases = [
  helpCenterCollection(),
  ...['ledgerly', 'cloudkeep'].map((name) => readCollection(join(import.meta.dirname, `data/bases/${name}.jsonl`))),
]
const cases: Record<'HYBRID' | 'KEYWORD', Case[]> = { HYBRID: [], KEYWORD: [] }
for (const [index, base] of bases.entries()) await collect(base, index)
const hybridSignals = ['similarity', 'sentence', 'article', 'margin', 'lead', 'coverage', 'headingCoverage'] as const
report('hybrid', cases.HYBRID, ['similarity', 'lead', 'coverage', 'headingCoverage'])
report('hybrid', cases.HYBRID, [...hybridSignals])
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
    // The messages out of scope were written for the help centre's shop.
    if (base.name === 'help-center') for (const text of outOfScope) add('out of scope', text, await search(text, mode))
    // Another third of CLINC150 for each base; what it says of banks and cards is no other domain for ledgerly.
    const others = otherDomain.filter(
      (text, position) => position % 60 === index && !/bank|card|account|pay|transfer|balance|bill|credit|pin\b/i.test(text),
    )
    for (const text of others) add('other domain', text, await search(text, mode))
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
  const examples = examplesOf(all, names)
  const predictions = crossValidate(examples, 10)
  console.log(`\n${name} [${names.join(', ')}]`)
  describe('10 folds by question', all, predictions)
  for (const base of new Set(all.map((item) => item.base))) {
    const model = fitLogistic(
      examplesOf(
        all.filter((item) => item.base !== base),
        names,
      ),
    )
    const theirs = all.filter((item) => item.base === base)
    describe(
      `fitted without ${base}, on it`,
      theirs,
      examplesOf(theirs, names).map(({ features }) => predict(model, features)),
    )
  }
  const answerable = predictions.filter((_, index) => all[index]!.source === 'answerable').sort((a, b) => a - b)
  for (const kept of [0.8, 0.85, 0.9]) {
    const threshold = answerable[Math.floor((1 - kept) * answerable.length)]!
    const passed = (source: Source) => {
      const theirs = predictions.filter((_, index) => all[index]!.source === source)
      return (theirs.filter((probability) => probability >= threshold).length / theirs.length).toFixed(2)
    }
    console.log(
      `  at ${threshold.toFixed(2)} ${kept} of the answerable are kept, and ${passed('articles left out')} / ${passed('out of scope')} / ${passed('other domain')} of the others`,
    )
  }
  const model = fitLogistic(examples)
  console.log(`  { bias: ${model.bias.toFixed(2)}, ${names.map((feature, index) => `${feature}: ${model.weights[index]!.toFixed(2)}`).join(', ')} }`)
}

function describe(how: string, some: Case[], predictions: number[]): void {
  const of = (source: Source) => predictions.filter((_, index) => some[index]!.source === source)
  const others = (['articles left out', 'out of scope', 'other domain'] as const).filter((source) => of(source).length > 0)
  const all = predictions.filter((_, index) => some[index]!.source !== 'answerable')
  console.log(
    `  ${how}: AUROC ${auroc(of('answerable'), all).toFixed(3)} (${others.map((source) => `${source} ${auroc(of('answerable'), of(source)).toFixed(3)}`).join(', ')})`,
  )
}
