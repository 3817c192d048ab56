import { contentWords } from '../lib/text/content-words.ts'
import { sentenceSpans } from '../lib/text/sentence-spans.ts'
import type { GenerationRequest } from './generator.ts'
import { actionAskedFor, asksForChoice, asksForSteps, asksHow, asksWhatIs } from './question-parts.ts'
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
/** What cannot be quoted whole, and must not be quoted in part, is not quoted. */
const longestProcedure = 25
const longestList = { items: 14, characters: 1000 }
/** How much less well a list may do than the sentence that says what is not in it, or a sentence than a step, where a fact is asked for. */
const shareInstead = { list: 0.6, sentence: 0.9, definition: 0.7, namedProcedure: 0.6 }

/** The best supported passages as paragraphs and lists, each with the mark of its source, or null when nothing answers. */
export function composeAnswer(
  ranked: RankedPassage[],
  { question, partCount, tone, hasVectors }: { question: string; partCount: number; tone: Tone; hasVectors: boolean },
): string | null {
  const passages = ranked.filter(({ kind, block }) => kind !== 'procedure' && !isTooLong(block))
  const best = bestFor(question, passages)
  if (!best || best.score < leastScore[hasVectors ? 'withVectors' : 'withWords']) return null
  const size = (tone && sizes[tone]) || usual
  const procedure = asksForSteps(question)
    ? findProcedure(
        ranked.filter(({ block }) => !isTooLong(block)),
        best,
        question,
      )
    : null
  if (!procedure) return write(choose(passages, { best, size, partCount })).join('\n\n')

  const source = procedure.passages[0]!.source
  const prose = passages.filter((passage) => passage.kind === 'sentence' && passage.source === source && !procedure.leadIn?.includes(passage.text))
  const remarks = choose(prose, { best, size: { passages: Math.min(2, size.passages - 1), characters: 250 }, partCount: 1 })
  // Who tells a trouble is told first what it means, who asks how is told how.
  const isAnsweredFirst = remarks[0] === best && !asksHow(question)
  const parts = isAnsweredFirst ? [...write(remarks), writeProcedure(procedure)] : [writeProcedure(procedure), ...write(remarks)]
  return parts.join('\n\n')
}

/** What scores highest, unless another kind of passage suits such a question better. */
function bestFor(question: string, passages: RankedPassage[]): RankedPassage | undefined {
  const best = passages[0]
  if (!best) return undefined
  // "We don't accept checks" is no answer to what is accepted.
  if (asksForChoice(question) && best.kind === 'sentence' && isNegated(best.text)) {
    const list = passages.find(({ block, source }) => source === best.source && isWhole(block) && !isNegated(block.leadIn ?? ''))
    if (list && list.score >= best.score * shareInstead.list) return list
  }
  if (best.kind === 'step' && !asksForSteps(question)) {
    const share = shareInstead[asksWhatIs(question) ? 'definition' : 'sentence']
    const instead = passages.filter(({ kind, score }) => kind !== 'step' && score >= best.score * share)
    // What introduces the steps says whether one may take them.
    return instead.find(({ text }) => best.block.leadIn?.includes(text)) ?? instead[0] ?? best
  }
  return best
}

const isNegated = (text: string) => /\b(not|no|never|cannot|\w+n['’]t)\b/i.test(text)

/** One step of several, or one item below "You can pay with:", says something else than all of them. Items with labels of their own stand alone. */
function isWhole({ leadIn, passages }: Block): boolean {
  if (passages[0]!.kind === 'step') return true
  if (passages[0]!.kind !== 'bullet' || !leadIn?.endsWith(':')) return false
  return isNegated(leadIn) || !passages.every(({ text }) => hasLabel.test(text))
}

const hasLabel = /^[^.:]{2,60}: /

const lengthOf = ({ passages }: Block) => passages.reduce((sum, { text }) => sum + text.length, 0)

function isTooLong(block: Block): boolean {
  if (block.passages[0]!.kind === 'step') return block.passages.length > longestProcedure
  return isWhole(block) && (block.passages.length > longestList.items || lengthOf(block) > longestList.characters)
}

/** The list of steps that holds the best passage, or that answers as a whole about as well as the best passage does. */
function findProcedure(ranked: RankedPassage[], best: RankedPassage, question: string): Block | null {
  if (best.kind === 'step' && best.block.passages.length > 1) return best.block
  const procedures = ranked.filter(({ kind }) => kind === 'procedure')
  const isGoodEnough = ({ score }: RankedPassage, share: number) => score >= best.score * share
  // "How do I return boots?" is about returning, however much is said about boots elsewhere.
  const action = actionAskedFor(question)
  const named = action === null ? undefined : procedures.find((procedure) => isAbout(procedure, action))
  if (named && isGoodEnough(named, shareInstead.namedProcedure)) return named.block
  const procedure = procedures[0]
  if (!procedure) return null
  // The first lines of an article say what it is about and so fit any question about it: to one that asks how, its steps are the answer.
  const isIntroduced = best.block.isOpening && best.source.title === procedure.source.title
  return isGoodEnough(procedure, !asksHow(question) ? 0.9 : isIntroduced ? 0.68 : 0.85) ? procedure.block : null
}

const isAbout = ({ heading, source }: RankedPassage, action: string) => contentWords(`${source.title}\n${heading}`).includes(action)

function writeProcedure({ leadIn, passages }: Block): string {
  const introduction = !leadIn ? 'Here are the steps:' : withMarks(leadIn, passages[0]!.source.number)
  return [introduction, '', ...passages.map((step, i) => `${i + 1}. ${quote(step)}`)].join('\n')
}

/** The best first, then what is nearly as good, new, and can stand beside it. */
function choose(ranked: RankedPassage[], { best, size, partCount }: { best: RankedPassage; size: Size; partCount: number }): RankedPassage[] {
  const chosen: RankedPassage[] = []
  const characters = () => chosen.reduce((sum, passage) => sum + writtenLength(passage), 0)

  function add(passage: RankedPassage): void {
    if (chosen.some((other) => saysTheSame(other, passage) || (other.block === passage.block && isWhole(other.block)))) return
    const before = ranked.find(({ block, position }) => block === passage.block && position === passage.position - 1)
    const needed = leans(passage) && before && !chosen.includes(before) ? [before, passage] : [passage]
    const isClear = !leans(passage) || (before && !leans(before))
    const length = needed.reduce((sum, passage) => sum + writtenLength(passage), 0)
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

const writtenLength = ({ text, block }: RankedPassage) => (isWhole(block) ? lengthOf(block) : text.length)

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
  // What introduces a list is not said before it, too.
  const introductions = chosen.filter(({ block }) => isWhole(block)).map(({ block }) => block.leadIn ?? '')
  const prose = chosen.filter((passage) => isProse(passage) && !introductions.some((introduction) => introduction.includes(passage.text)))
  const lists = Map.groupBy(
    chosen.filter((passage) => !isProse(passage)),
    ({ block }) => block,
  )
  const paragraphs = prose.length > 0 ? [writeProse(prose)] : []
  const written = [...lists].map(([block, passages]) => (block.passages[0]!.kind === 'step' ? writeProcedure(block) : writeList(block, passages)))
  return prose.includes(chosen[0]!) ? [...paragraphs, ...written] : [...written, ...paragraphs]
}

/** A bullet that is a whole sentence needs no list around it. */
const isProse = ({ kind, text, block }: RankedPassage) =>
  kind === 'sentence' || (kind === 'bullet' && !isWhole(block) && !block.leadIn?.endsWith(':') && /^[\p{Lu}\d"“].{20,}[.!]$/u.test(text))

/** The first stays first; the others follow in the order of the articles, what shares its paragraph before the rest. */
function writeProse(passages: RankedPassage[]): string {
  const first = passages[0]!
  const rest = passages
    .slice(1)
    .sort((a, b) => Number(b.block === first.block) - Number(a.block === first.block) || a.block.order - b.block.order || a.position - b.position)
  return [first, ...rest].map(quote).join(' ')
}

function writeList(block: Block, passages: RankedPassage[]): string {
  const introduction = block.leadIn?.endsWith(':') ? block.leadIn : null
  const lines = (isWhole(block) ? block.passages : passages.toSorted((a, b) => a.position - b.position)).map(quote)
  if (lines.length === 1) return introduction && !hasLabel.test(lines[0]!) ? `${introduction} ${lines[0]}` : lines[0]!
  return [...(introduction ? [introduction, ''] : []), ...lines.map((line) => `- ${line}`)].join('\n')
}

const quote = ({ text, source }: Pick<RankedPassage, 'text' | 'source'>) =>
  withMarks(/[.!?:…]["'”’)]?$/.test(text) ? text : `${text.replace(/[;,]$/, '')}.`, source.number)

/** A mark behind each sentence, for a reader takes a mark for what stands before it; a question and a lead-in to a list claim nothing. */
function withMarks(text: string, number: number): string {
  const sentences = sentenceSpans(text)
  return sentences
    .map((sentence, i) => {
      const written = text.slice(sentences[i - 1]?.end ?? 0, sentence.end)
      const isLast = i === sentences.length - 1
      return sentence.text.endsWith(':') || (sentence.text.endsWith('?') && !isLast) ? written : `${written} [${number}]`
    })
    .join('')
}
