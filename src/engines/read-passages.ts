import { lexer, type Token, type Tokens } from 'marked'
import type { Source } from './generator.ts'
import { leansOnPredecessor, splitSentences } from './split-sentences.ts'

/** The smallest piece of an article that can be quoted by itself. */
export interface Passage {
  /** A procedure is a numbered list as a whole. */
  kind: 'sentence' | 'step' | 'bullet' | 'row' | 'procedure'
  text: string
  source: Source
  /** The nearest heading above it, or the title. */
  heading: string
  /** Passages of the same paragraph, list or table share it. */
  block: Block
  /** Its place within the block. */
  position: number
}

export interface Block {
  /** Place among all blocks of all sources. */
  order: number
  /** The sentence before a list or table that introduces it. */
  leadIn: string | null
  /** The first below the title, which mostly says in short what the article is about. */
  isOpening: boolean
  passages: Passage[]
}

/** Cuts the Markdown of the sources into quotable passages, without its syntax and without headings. */
export function readPassages(sources: Source[]): Passage[] {
  const blocks: Block[] = []
  for (const source of sources) readBlocks(source, blocks)
  return blocks.flatMap(({ passages }) => [...passages, ...procedureOf(passages)])
}

/** So much of a list says what it is about. */
const telling = 500

function procedureOf(steps: Passage[]): Passage[] {
  const first = steps[0]!
  if (first.kind !== 'step' || steps.length < 2) return []
  const text = [first.source.title, first.heading, first.block.leadIn ?? '', ...steps.map(({ text }) => text)].join(' ').slice(0, telling)
  return [{ ...first, kind: 'procedure', text, position: -1 }]
}

function readBlocks(source: Source, blocks: Block[]): void {
  let heading = lastPart(source.heading) || source.title
  let leadIn: string | null = null

  function addBlock(kind: Passage['kind'], texts: string[], introduction: string | null): void {
    const block: Block = {
      order: blocks.length,
      leadIn: introduction,
      isOpening: heading === source.title && blocks.at(-1)?.passages[0]?.source !== source,
      passages: [],
    }
    block.passages = texts.map((text, position) => ({ kind, text, source, heading, block, position }))
    if (texts.length > 0) blocks.push(block)
  }

  const needsItsHeading = (items: string[]) =>
    heading !== source.title && (negative.test(heading) || (!heading.endsWith('?') && !items.every((item) => /[.!]$/.test(item))))
  const introductionOf = (sentence: string | null, items: string[]) =>
    !sentence?.endsWith(':') && needsItsHeading(items) ? `${heading.replace(/:$/, '')}:` : sentence
  /** "Normal wear, fading and accidents." means nothing, or the contrary, without "What is not covered" above it. */
  const withItsHeading = (sentence: string) =>
    !isEnumeration(sentence) || heading === source.title
      ? sentence
      : heading.endsWith('?')
        ? `${heading} ${sentence}`
        : `${heading.replace(/:$/, '')}: ${withSmallInitial(sentence)}`

  function read(tokens: Token[]): void {
    for (const token of tokens) {
      if (token.type === 'space') continue
      if (token.type === 'heading') heading = plainText(token.tokens ?? [])
      else if (token.type === 'blockquote') read(token.tokens ?? [])
      else if (token.type === 'list') {
        const items = (token as Tokens.List).items.map(itemText).filter(Boolean)
        if (token.ordered) addBlock('step', items, leadIn)
        else addBlock('bullet', items, introductionOf(leadIn, items))
      } else if (token.type === 'table') addBlock('row', tableRows(token as Tokens.Table), leadIn)
      leadIn = null
      if (token.type !== 'paragraph' && token.type !== 'text') continue

      const text = plainText(token.tokens ?? [token])
      const sentences = splitSentences(text).filter((sentence) => !isAboutThePage.test(sentence))
      // A lone question or bold line is a heading in disguise.
      if (sentences.length === 1 && (text.endsWith('?') || isBoldLine(token))) {
        heading = text.replace(/:$/, '')
        continue
      }
      leadIn = introductionIn(sentences)
      addBlock('sentence', sentences.filter((sentence) => !sentence.endsWith(':') && /\p{L}{2}/u.test(sentence)).map(withItsHeading), null)
    }
  }
  read(lexer(source.text))
}

/** Of "Returns › Without a receipt" what stands nearest to the text. */
const lastPart = (path: string) => path.split(' › ').at(-1)!.trim()

/** "This page explains where we deliver." answers nobody. */
const isAboutThePage =
  /^(this|the following|our) (page|guide|article|section|overview|chapter) (also )?(explains|describes|covers|helps|shows|tells|lists|answers|gives|walks|contains|summari[sz]es|outlines|deals|takes|is (about|for|meant))\b(?!.*:$)|^(in|on) this (page|guide|article|section|chapter),? (we|you|i|find)\b(?!.*:$)/i

const negative = /\b(not|no|never|without|except|exceptions?|excluded|avoid|\w+n['’]t)\b/i
const enumerates = /,.*(,| or | and )/
const hasVerb =
  /\b(is|are|was|were|be|been|can|could|may|must|will|would|should|has|have|had|do|does|need|needs|you|we|they|it|your|our|if|when|please)\b|n?['’](s|re|ll|ve|t)\b|\w+s (the|a|an|in|on|at|to|from|with|for|by)\b/i
const isCommand =
  /^\S+ (the|a|an|all|it|them|each|any|inside|down|up|in|on|at|to|for|out|off|only|with)\b|^(add|apply|ask|avoid|bring|call|check|choose|clean|click|contact|cook|cut|don|dry|enter|fill|find|fix|fold|follow|give|go|hang|hold|keep|leave|let|look|make|measure|open|pack|pay|peg|pick|press|put|read|remove|rinse|save|see|select|send|show|slide|start|stick|store|take|tap|tell|tick|try|turn|type|upload|use|wait|wash|wear|wipe|write)\b/i
const longestItemWords = 6
/** "Burns, accidents and pets." There is no grammar at work here: it is a guess by the small words that such a list does without. */
const isEnumeration = (sentence: string) =>
  enumerates.test(sentence) &&
  !sentence.includes(':') &&
  !hasVerb.test(sentence) &&
  !isCommand.test(sentence) &&
  !/\b(too|also|because|where|which|so that)\b/i.test(sentence) &&
  sentence.split(/, | or | and /).every((item) => item.split(' ').length <= longestItemWords)

const isBoldLine = (token: Token) => 'tokens' in token && token.tokens?.length === 1 && token.tokens[0]!.type === 'strong'

/** The paragraph before a list introduces it: its last sentence when that says so or the paragraph is long, else all of it. */
function introductionIn(sentences: string[]): string | null {
  const last = sentences.at(-1)
  if (!last) return null
  const whole = sentences.join(' ')
  if (!last.endsWith(':') && whole.length <= 160) return whole
  return leansOnPredecessor(last) ? sentences.slice(-2).join(' ') : last
}

/** Inline Markdown as one would read it aloud; of a link its words and, for the web, its address. */
function plainText(tokens: Token[]): string {
  return tokens.map(inlineText).join('').replace(/\s+/g, ' ').trim()
}

function inlineText(token: Token): string {
  if (token.type === 'br') return ' '
  if (token.type === 'image' || token.type === 'html') return ''
  if (token.type === 'link') {
    const words = plainText(token.tokens ?? [])
    const isWorthShowing = /^https?:/.test(token.href) && !token.href.includes(words)
    return isWorthShowing ? `${words} (${token.href})` : words
  }
  if ('tokens' in token && token.tokens) return token.tokens.map(inlineText).join('')
  return 'text' in token ? decodeEntities(String(token.text)) : ''
}

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&nbsp;': ' ' }
const decodeEntities = (text: string) => text.replace(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (entity) => entities[entity]!)

function itemText(item: Tokens.ListItem): string {
  const parts = item.tokens.map((token) => {
    if (token.type === 'list') return (token as Tokens.List).items.map(itemText).join('; ')
    return token.type === 'space' || token.type === 'code' ? '' : plainText('tokens' in token && token.tokens ? token.tokens : [token])
  })
  return parts.filter(Boolean).join(' ')
}

/** "Finch 2: 2 people, weight 3.5 lb, price $289", or with words in the cells "Shipped (meaning: it's on its way; you can still: redirect it)" */
function tableRows({ header, rows }: Tokens.Table): string[] {
  const names = header.map((cell) => withSmallInitial(plainText(cell.tokens)))
  return rows
    .map((cells) => {
      const [subject = '', ...values] = cells.map((cell) => plainText(cell.tokens))
      const described = values.map((value, i) => ({ name: names[i + 1] ?? '', value })).filter(({ value }) => !/^[-–—]?$/.test(value))
      const isWordy = described.length > 1 && described.some(({ value }) => value.split(' ').length > 2 && !/\d/.test(value))
      const text = isWordy
        ? described.map(({ name, value }) => `${name}: ${withSmallInitial(value)}`).join('; ')
        : described.map(describeCell).join(', ')
      if (!subject || !text) return subject || text
      return isWordy ? `${subject} (${text})` : `${subject}: ${text}`
    })
    .filter((row) => /[\p{L}\p{N}]/u.test(row))
}

function describeCell({ name, value }: { name: string; value: string }): string {
  if (/^[\d.,]+$/.test(value) && value !== '1' && /(s|people)\b/.test(name) && !name.includes('(')) return `${value} ${name}`
  return name !== '' && value.length <= 24 ? `${name} ${withSmallInitial(value)}` : value
}

/** "Weight" → "weight", but "EU size" stays. */
const withSmallInitial = (text: string) => (/^\p{Lu}\p{Ll}/u.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text)
