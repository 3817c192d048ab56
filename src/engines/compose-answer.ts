import type { GenerationRequest } from './generator.ts'
import { asksForSteps, asksHow } from './question-parts.ts'
import { cosine, type RankedPassage } from './rank-passages.ts'
import type { Block } from './read-passages.ts'
import { leansOnPredecessor } from './split-sentences.ts'

type Tone = GenerationRequest['tone']
interface Size {
  passages: number
  characters: number
}

const usual: Size = { passages: 3, characters: 450 }
const sizes: Partial<Record<NonNullable<Tone>, Size>> = {
  SHORTER: { passages: 1, characters: 250 },
  SIMPLER: { passages: 2, characters: 300 },
  LONGER: { passages: 5, characters: 900 },
}
/** Below these nothing answers the question, whatever retrieval thought. They are low: they stop nonsense, `sufficient` judges the evidence. */
const leastScore = { withVectors: 0.16, withWords: 0.2 }
/** How close to the best a further passage must come; from another article, or from a list that is not the best one's, it must come closer. */
const shareOfBest = { beside: 0.82, elsewhere: 0.92, otherPart: 0.6, found: 0.65 }
/** The next sentence of a paragraph mostly finishes what was said. */
const bonusOfNext = 0.12
/** A sentence so short mostly leads in to the next one. */
const briefLength = 80
const longestProcedure = 15

/** The best supported passages as paragraphs and lists, each with the mark of its source, or null when nothing answers. */
export function composeAnswer(
  ranked: RankedPassage[],
  { question, partCount, tone, hasVectors }: { question: string; partCount: number; tone: Tone; hasVectors: boolean },
): string | null {
  const passages = ranked.filter(({ kind }) => kind !== 'procedure')
  const best = passages[0]
  if (!best || best.score < leastScore[hasVectors ? 'withVectors' : 'withWords']) return null
  const size = (tone && sizes[tone]) || usual
  const procedure = asksForSteps(question) ? findProcedure(ranked, best, question) : null
  if (!procedure) return write(choose(passages, { best, size, partCount })).join('\n\n')

  const source = procedure.passages[0]!.source
  const prose = passages.filter((passage) => passage.kind === 'sentence' && passage.source === source && !procedure.leadIn?.includes(passage.text))
  const remarks = choose(prose, { best, size: { passages: Math.min(2, size.passages - 1), characters: 250 }, partCount: 1 })
  // Who tells a trouble is told first what it means, who asks how is told how.
  const isAnsweredFirst = remarks[0] === best && !asksHow(question)
  const parts = isAnsweredFirst ? [...write(remarks), writeProcedure(procedure)] : [writeProcedure(procedure), ...write(remarks)]
  return parts.join('\n\n')
}

/** The list of steps that holds the best passage, or that answers as a whole about as well as the best passage does. */
function findProcedure(ranked: RankedPassage[], best: RankedPassage, question: string): Block | null {
  if (best.kind === 'step' && best.block.passages.length > 1) return best.block
  const procedure = ranked.find(({ kind }) => kind === 'procedure')
  if (!procedure) return null
  // The first lines of an article say what it is about and so fit any question about it: to one that asks how, its steps are the answer.
  const isIntroduced = best.block.isOpening && best.source.title === procedure.source.title
  const share = !asksHow(question) ? 0.9 : isIntroduced ? 0.68 : 0.85
  return procedure.score >= best.score * share ? procedure.block : null
}

function writeProcedure({ leadIn, passages }: Block): string {
  const mark = `[${passages[0]!.source.number}]`
  const introduction = !leadIn ? 'Here are the steps:' : leadIn.endsWith(':') ? leadIn : `${leadIn} ${mark}`
  return [introduction, '', ...passages.slice(0, longestProcedure).map((step, i) => `${i + 1}. ${quote(step)}`)].join('\n')
}

/** The best first, then what is nearly as good, new, and can stand beside it. */
function choose(ranked: RankedPassage[], { best, size, partCount }: { best: RankedPassage; size: Size; partCount: number }): RankedPassage[] {
  const chosen: RankedPassage[] = []
  const characters = () => chosen.reduce((sum, { text }) => sum + text.length, 0)

  function add(passage: RankedPassage): void {
    if (chosen.some((other) => saysTheSame(other, passage))) return
    const before = ranked.find(({ block, position }) => block === passage.block && position === passage.position - 1)
    const needed = leans(passage) && before && !chosen.includes(before) ? [before, passage] : [passage]
    const isClear = !leans(passage) || (before && !leans(before))
    const length = needed.reduce((sum, { text }) => sum + text.length, 0)
    if (chosen.length > 0 && (!isClear || characters() + length > size.characters)) return
    chosen.push(...needed)
  }

  // Retrieval judged whole sections, which says more than one sentence can: what it found best comes first, unless it says little to this.
  const found = ranked.find(({ source }) => source.score === highestScore(ranked))
  if (size.passages > 1 && found && found.source !== best.source && found.score >= best.score * shareOfBest.found) {
    add(found)
    const next = ranked.find(({ block, position }) => block === found.block && position === found.position + 1)
    if (found.text.length < briefLength && next?.kind === 'sentence') add(next)
  }
  if (size.passages > 0 && ranked.includes(best)) add(best)
  for (let part = 1; part < partCount; part++) {
    const answer = ranked.toSorted((a, b) => b.scores[part]! - a.scores[part]!)[0]
    if (answer && answer.scores[part]! >= best.score * shareOfBest.otherPart) add(answer)
  }
  for (const passage of ranked) {
    if (chosen.length >= size.passages) break
    // Who asks for size M has no use for the rows of S and XL.
    if (best.isLabelled && passage.block === best.block && !passage.isLabelled) continue
    const isBeside = passage.block === best.block || (passage.source.title === best.source.title && passage.kind === 'sentence')
    const follows = chosen.some(({ block, position }) => passage.kind === 'sentence' && block === passage.block && position === passage.position - 1)
    if (passage.score + (follows ? bonusOfNext : 0) >= best.score * shareOfBest[isBeside ? 'beside' : 'elsewhere']) add(passage)
  }
  return chosen
}

const highestScore = (ranked: RankedPassage[]) => Math.max(...ranked.map(({ source }) => source.score))

const leans = ({ kind, text }: RankedPassage) => kind === 'sentence' && leansOnPredecessor(text)

function saysTheSame(a: RankedPassage, b: RankedPassage): boolean {
  if (a.text === b.text) return true
  // The rows of a table are alike, and each says something else.
  if (a.kind === 'row' && a.block === b.block) return false
  if (a.vector && b.vector && cosine(a.vector, b.vector) > 0.88) return true
  const shared = [...a.words].filter((word) => b.words.has(word)).length
  return shared / Math.max(1, Math.min(a.words.size, b.words.size)) > 0.8
}

/** Paragraphs and lists: those of the best passage first, the others as the articles have them. */
function write(chosen: RankedPassage[]): string[] {
  const prose = chosen.filter(isProse)
  const lists = Map.groupBy(
    chosen.filter((passage) => !isProse(passage)),
    ({ block }) => block,
  )
  const paragraphs = prose.length > 0 ? [writeProse(prose)] : []
  const written = [...lists].map(([block, passages]) => writeList(block, passages))
  return chosen[0] && isProse(chosen[0]) ? [...paragraphs, ...written] : [...written, ...paragraphs]
}

/** A bullet that is a whole sentence needs no list around it. */
const isProse = ({ kind, text, block }: RankedPassage) =>
  kind === 'sentence' || (kind !== 'row' && (kind === 'step' || !block.leadIn?.endsWith(':')) && /^[\p{Lu}\d"“].{20,}[.!]$/u.test(text))

/** The first stays first; the others follow in the order of the articles, what shares its paragraph before the rest. */
function writeProse(passages: RankedPassage[]): string {
  const first = passages[0]!
  const rest = passages
    .slice(1)
    .sort((a, b) => Number(b.block === first.block) - Number(a.block === first.block) || a.block.order - b.block.order || a.position - b.position)
  return [first, ...rest].map(quote).join(' ')
}

function writeList({ leadIn }: Block, passages: RankedPassage[]): string {
  const introduction = leadIn?.endsWith(':') ? leadIn : null
  const lines = passages.toSorted((a, b) => a.position - b.position).map(quote)
  if (lines.length === 1) return introduction && !/^[^.]{2,40}: /.test(lines[0]!) ? `${introduction} ${lines[0]}` : lines[0]!
  return [...(introduction ? [introduction, ''] : []), ...lines.map((line) => `- ${line}`)].join('\n')
}

const quote = ({ text, source }: Pick<RankedPassage, 'text' | 'source'>) =>
  `${/[.!?:…]["'”’)]?$/.test(text) ? text : `${text.replace(/[;,]$/, '')}.`} [${source.number}]`
