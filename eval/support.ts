// Does the support check tell sentences that an article bears out from those that it does not? Run: node eval/support.ts
// Supported: each sentence of a correction against its own article. Unsupported: the same sentence against another article, and the wrong
// facts of bad drafts. Thresholds are chosen on nine tenths of the corrections and measured on the rest, ten times.
import { readFileSync } from 'node:fs'
import { LocalEmbedder } from '../src/engines/local-embedder.ts'
import { contentWords } from '../src/lib/text/content-words.ts'
import { sentenceSpans } from '../src/lib/text/sentence-spans.ts'
import { checkSupport, supportThresholds } from '../src/services/support/check-support.ts'
import { missingFacts } from '../src/services/support/find-facts.ts'
import { needsSupport } from '../src/services/support/needs-support.ts'
import { cosine, sentenceVectors } from '../src/services/support/sentence-vectors.ts'
import { readSource, wordRecall } from '../src/services/support/word-recall.ts'
import { readJsonLines } from './read-json-lines.ts'

const corrections = readJsonLines<{ id: string; question: string; bad_draft: string; correction: string; article: string; reason: string }>(
  'data/corrections.jsonl',
)
const slugs = [...new Set(corrections.map(({ article }) => article))]
const articles = new Map(slugs.map((slug) => [slug, readArticle(slug)]))
const embedder = new LocalEmbedder({ modelsDir: new URL('../models', import.meta.url).pathname })
const verbose = process.argv.includes('--verbose')

function readArticle(slug: string) {
  const file = readFileSync(new URL(`../data/help-center/${slug}.md`, import.meta.url), 'utf8')
  const [, front = '', text = ''] = /^---\n([^]*?)\n---\n([^]*)$/.exec(file) ?? []
  return { number: 1, title: /title:\s*(.*)/.exec(front)?.[1] ?? slug, heading: '', text }
}

/** Of an article's sentences, which many sentences are compared with: embedded once. */
const articleVectors = new Map<string, Map<string, Float32Array>>()
async function vectorsOf(slug: string, sentences: string[]): Promise<Map<string, Float32Array>> {
  const known = articleVectors.get(slug) ?? (await sentenceVectors(embedder, sentences))!
  articleVectors.set(slug, known)
  return known
}

interface Pair {
  group: number
  sentence: string
  isSupported: boolean
  recall: number
  meaning: number
  facts: number
}

const pairs: Pair[] = []
for (const [group, { correction, article, question }] of corrections.entries()) {
  const others = slugs.filter((slug) => slug !== article)
  const other = others[(group * 17) % others.length]!
  for (const sentence of sentenceSpans(correction)
    .map(({ text }) => text)
    .filter(needsSupport)) {
    for (const [slug, isSupported] of [
      [article, true],
      [other, false],
    ] as const) {
      const source = articles.get(slug)!
      const read = readSource(source)
      const sentences = read.sentences.map(({ text }) => text)
      const vectors = new Map([...(await sentenceVectors(embedder, [sentence]))!, ...(await vectorsOf(slug, sentences))])
      const facts = missingFacts(sentence, [`${source.title}\n${source.text}`, question])
      if (verbose && isSupported && facts.length > 0)
        console.log(`fact not found: ${facts.map((fact) => fact.text).join(' | ')} in ${slug}: ${sentence}`)
      pairs.push({
        group,
        sentence,
        isSupported,
        recall: wordRecall(new Set(contentWords(sentence)), read),
        meaning: Math.max(...sentences.map((text) => cosine(vectors, sentence, text))),
        facts: facts.length,
      })
    }
  }
}

const accuracy = (rows: Pair[], recall: number, meaning: number) => {
  const kept =
    rows.filter((row) => row.isSupported && (row.recall >= recall || row.meaning >= meaning)).length / rows.filter((row) => row.isSupported).length
  const caught =
    rows.filter((row) => !row.isSupported && row.recall < recall && row.meaning < meaning).length / rows.filter((row) => !row.isSupported).length
  return { kept, caught, balanced: (kept + caught) / 2 }
}
const grid = Array.from({ length: 15 }, (_, step) => 0.3 + step * 0.05)
function learn(rows: Pair[]) {
  let best = { recall: 0.5, meaning: 0.6, balanced: 0 }
  for (const recall of grid)
    for (const meaning of [...grid, Infinity]) {
      const { balanced } = accuracy(rows, recall, meaning)
      if (balanced > best.balanced) best = { recall, meaning, balanced }
    }
  return best
}

const show = ({ kept, caught, balanced }: { kept: number; caught: number; balanced: number }) =>
  `supported kept ${kept.toFixed(3)}  unsupported caught ${caught.toFixed(3)}  balanced ${balanced.toFixed(3)}`
console.log(`${pairs.length / 2} sentences of ${corrections.length} corrections, each against its own and another article`)
const folds = Array.from({ length: 10 }, (_, fold) => {
  const best = learn(pairs.filter(({ group }) => group % 10 !== fold))
  return pairs.filter(({ group }) => group % 10 === fold).map((row) => ({ ...row, found: row.recall >= best.recall || row.meaning >= best.meaning }))
}).flat()
const kept = folds.filter((row) => row.isSupported && row.found).length / folds.filter((row) => row.isSupported).length
const caught = folds.filter((row) => !row.isSupported && !row.found).length / folds.filter((row) => !row.isSupported).length
console.log(`thresholds cross-validated   ${show({ kept, caught, balanced: (kept + caught) / 2 })}`)
const all = learn(pairs)
console.log(`best on all: recall ${all.recall.toFixed(2)} cosine ${all.meaning.toFixed(2)}   ${show(accuracy(pairs, all.recall, all.meaning))}`)
console.log(`words alone (recall ${supportThresholds.recall})     ${show(accuracy(pairs, supportThresholds.recall, Infinity))}`)
console.log(
  `as built (${supportThresholds.recall}, ${supportThresholds.cosine})          ${show(accuracy(pairs, supportThresholds.recall, supportThresholds.cosine))}`,
)
const own = pairs.filter(({ isSupported }) => isSupported)
const foreign = pairs.filter(({ isSupported }) => !isSupported)
console.log(
  `exact facts: false alarms in ${own.filter(({ facts }) => facts > 0).length} of ${own.length} supported sentences; a fact missing in ${foreign.filter(({ facts }) => facts > 0).length} of ${foreign.length} against another article`,
)
if (verbose)
  for (const row of own)
    if (row.recall < supportThresholds.recall && row.meaning < supportThresholds.cosine)
      console.log(`  unsupported? recall ${row.recall.toFixed(2)} cosine ${row.meaning.toFixed(2)}: ${row.sentence}`)

for (const reason of ['wrong_fact', 'missing_fact', 'policy']) {
  const drafts = corrections.filter((row) => row.reason === reason)
  let flagged = 0
  for (const { bad_draft: text, article, question } of drafts) {
    const result = await checkSupport({ embedder }, { text, sources: [articles.get(article)!], question })
    if (result.unsupported.length > 0) flagged += 1
    else if (verbose) console.log(`  not flagged (${reason}): ${text}`)
  }
  console.log(`bad drafts with ${reason}: ${flagged} of ${drafts.length} flagged`)
}
let clean = 0
let total = 0
for (const { correction: text, article, question } of corrections) {
  const result = await checkSupport({ embedder }, { text, sources: [articles.get(article)!], question })
  if (result.unsupported.length === 0) clean += 1
  total += result.score
}
console.log(`corrections with nothing flagged: ${clean} of ${corrections.length}; mean score ${(total / corrections.length).toFixed(3)}`)
await embedder.close()
