// Are questions about the same missing knowledge grouped, and others kept apart? Run: node eval/gaps.ts
// Pairs: of all pairs in one gap, how many ask the same (precision); of all pairs that ask the same, how many are in one gap (recall). The
// thresholds were chosen on the development part of eval/data/gap-questions.jsonl; the other rows were only looked at.
import { existsSync, readFileSync } from 'node:fs'
import { LocalEmbedder } from '../src/engines/local-embedder.ts'
import { groupAlike } from '../src/lib/math/group-alike.ts'
import { isUncited } from '../src/services/knowledge-health/is-uncited.ts'
import { meanVector, nearestGroup, type QuestionGroup } from '../src/services/knowledge-health/nearest-group.ts'
import { type AskedQuestion, alikeThresholds, questionLikeness } from '../src/services/knowledge-health/question-likeness.ts'
import { readJsonLines } from './read-json-lines.ts'

interface Asked {
  question: string
  gap: string
}

const embedder = new LocalEmbedder({ modelsDir: new URL('../models', import.meta.url).pathname })
const own = readJsonLines<Asked & { part: string }>('eval/data/gap-questions.jsonl')
const byArticle = (path: string): Asked[] =>
  !existsSync(new URL(`../${path}`, import.meta.url))
    ? []
    : readJsonLines<{ question?: string; articles?: string[]; history?: unknown }>(path).flatMap(({ question, articles, history }) =>
        question && articles?.length === 1 && !history ? [{ question, gap: articles[0]! }] : [],
      )
const clinc = readJsonLines<{ text: string; intent: string }>('data/intents/clinc150-validation.jsonl').filter(({ intent }) => intent !== 'oos')
const someIntents = new Set([...new Set(clinc.map(({ intent }) => intent))].filter((_, index) => index % 5 === 0))
const missing = readJsonLines<{ id: string; text: string; kind: string }>('data/out-of-scope.jsonl').filter(
  ({ kind }) => kind === 'missing_knowledge',
)

const sets: [string, Asked[]][] = [
  ['development', own.filter(({ part }) => part === 'development')],
  ['report', own.filter(({ part }) => part === 'report')],
  ['CLINC150, every 5th intent', clinc.filter(({ intent }) => someIntents.has(intent)).map(({ text, intent }) => ({ question: text, gap: intent }))],
  ['missing knowledge, all differ', missing.map(({ id, text }) => ({ question: text, gap: id }))],
  // Several details of one article: mostly different questions, so that a low recall is no fault.
  ['help centre, by article', byArticle('data/questions.jsonl')],
  ...['ledgerly', 'almanac', 'cloudkeep'].map((base): [string, Asked[]] => [`${base}, by article`, byArticle(`eval/data/bases/${base}.jsonl`)]),
]

for (const [name, asked] of sets) {
  if (asked.length === 0) continue
  const vectors = await embedder.embed(
    asked.map(({ question }) => question),
    { priority: 'bulk' },
  )
  const withVectors = asked.map(({ question }, index) => ({ text: question, vector: vectors[index]! }))
  const withWords = withVectors.map(({ text }) => ({ text, vector: null }))
  console.log(`${name}: ${asked.length} questions, ${new Set(asked.map(({ gap }) => gap)).size} gaps`)
  for (const [how, questions, built] of [
    ['by meaning', withVectors, alikeThresholds.cosine],
    ['by words', withWords, alikeThresholds.words],
  ] as const) {
    for (const threshold of name === 'development' ? [0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6] : [built]) {
      const { likeness } = await questionLikeness(questions)
      show(`  ${how} ${threshold}${threshold === built ? ' (as built)' : ''}`, asked, groupAlike(likeness, asked.length, threshold))
    }
    if (how === 'by meaning') show('  one by one, as they come', asked, oneByOne(questions))
  }
}
await corrections()
await embedder.close()

// What a careful agent wrote instead of a weak draft: borne out by its own article, and by none when the draft had found another one.
async function corrections(): Promise<void> {
  const rows = readJsonLines<{ question: string; bad_draft: string; correction: string; article: string }>('data/corrections.jsonl')
  const slugs = [...new Set(rows.map(({ article }) => article))]
  const noted = { own: 0, other: 0 }
  for (const [index, { question, bad_draft: draftText, correction: written, article }] of rows.entries()) {
    const others = slugs.filter((slug) => slug !== article)
    for (const [which, slug] of [
      ['own', article],
      ['other', others[(index * 17) % others.length]!],
    ] as const) {
      const chunkText = readFileSync(new URL(`../data/help-center/${slug}.md`, import.meta.url), 'utf8').split(/^---\n/m)[2]!
      const citations = [{ index: 1, chunkHeading: '', chunkText, kept: false }]
      if (await isUncited({ embedder }, { draftText, written, question, citations })) noted[which] += 1
    }
  }
  console.log(
    `corrections noted as gaps: ${noted.own} of ${rows.length} whose article the draft had, ${noted.other} of ${rows.length} whose article it had not`,
  )
}

function oneByOne(questions: AskedQuestion[]): number[][] {
  const groups: (QuestionGroup & { members: number[] })[] = []
  for (const [index, question] of questions.entries()) {
    let group = nearestGroup(question, groups)
    if (!group) groups.push((group = { members: [], mean: null, texts: [] }))
    group.members.push(index)
    group.texts.push(question.text)
    group.mean = meanVector(group.members.flatMap((member) => questions[member]!.vector ?? []))
  }
  return groups.map(({ members }) => members)
}

function show(name: string, asked: Asked[], groups: number[][]): void {
  const groupOf = new Map(groups.flatMap((members, group) => members.map((index): [number, number] => [index, group])))
  let [together, right, same] = [0, 0, 0]
  for (let i = 0; i < asked.length; i++) {
    for (let j = 0; j < i; j++) {
      const isTogether = groupOf.get(i) === groupOf.get(j)
      const isSame = asked[i]!.gap === asked[j]!.gap
      together += Number(isTogether)
      same += Number(isSame)
      right += Number(isTogether && isSame)
    }
  }
  const share = (part: number, whole: number) => (whole === 0 ? '–' : (part / whole).toFixed(3))
  console.log(`${name.padEnd(34)} precision ${share(right, together)}  recall ${share(right, same)}  groups ${groups.length}`)
}
