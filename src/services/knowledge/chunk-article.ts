import type { Token, Tokens } from 'marked'
import { plainFromHtml } from './plain-from-html.ts'
import { readBlocks } from './read-blocks.ts'
import { splitSentences } from './split-text.ts'

export interface ArticleChunk {
  index: number
  /** "Title › Section › Subsection" */
  heading: string
  /** Markdown of the chunk, without the heading line. */
  text: string
  /** Markdown of the whole section it was cut from, or, of a very long one, what surrounds the chunk. */
  section: string
  /** Word pieces of what is embedded: heading line and text. */
  tokens: number
}

interface Section {
  path: string[]
  blocks: Token[]
}

// The embedder was trained on 256 word pieces and reads no further.
const windowTokens = 256
const headingTokens = 64
// Word pieces say nothing about a base64 blob, which is one unknown word: a chunk stays readable by characters too.
const charactersPerToken = 16
const tinyWords = 20
const sectionCharacters = 6_000

/** What is embedded and searched of a chunk: the title and heading path say what the text is about. */
export const embeddedText = ({ heading, text }: Pick<ArticleChunk, 'heading' | 'text'>) => `${heading}\n${text}`

/** Cuts an article at its headings into chunks that the embedder can read whole. The same article always gives the same chunks. */
export function chunkArticle({ title, body }: { title: string; body: string }, countTokens: (text: string) => number): ArticleChunk[] {
  const overhead = countTokens('')
  const size = (text: string) => Math.max(countTokens(text) - overhead, Math.ceil(text.length / charactersPerToken))

  const sections = readSections(body, title)
  const groups = mergeTiny(sections, (text) => size(text) <= windowTokens - headingTokens)
  const chunks = groups.flatMap((group) => {
    const heading = fitHeading([title, ...groupPath(group)].join(' › '), size)
    const room = windowTokens - overhead - size(heading) - 1
    const pieces = packBlocks(groupBlocks(group), room, size)
    const whole = groupBlocks(group).map(markdownOf).join('\n\n')
    return pieces.map((text, position) => ({ heading, text, section: whole.length <= sectionCharacters ? whole : surroundings(pieces, position) }))
  })
  // An article that is only a title, or a comment, can still be found by its title.
  if (chunks.length === 0) chunks.push({ heading: fitHeading(title, size), text: title, section: title })
  return chunks.map((chunk, index) => ({ index, ...chunk, tokens: countTokens(embeddedText(chunk)) }))
}

function readSections(body: string, title: string): Section[] {
  const sections: Section[] = [{ path: [], blocks: [] }]
  const open: { depth: number; text: string }[] = []
  for (const token of readBlocks(body)) {
    if (token.type === 'heading') {
      const { depth, text } = token as Tokens.Heading
      while (open.length > 0 && open.at(-1)!.depth >= depth) open.pop()
      open.push({ depth, text: plainFromHtml(text).replace(/[*_`]/g, '').replace(/\s+/g, ' ').trim() })
      const path = open.map((heading) => heading.text).filter((text) => text !== '' && text.toLowerCase() !== title.toLowerCase().trim())
      sections.push({ path, blocks: [] })
    } else if (token.type !== 'space') {
      const block = token.type === 'html' ? paragraph(plainFromHtml(token.raw)) : token
      if (markdownOf(block) !== '') sections.at(-1)!.blocks.push(block)
    }
  }
  // A heading without text only leads to the headings below it.
  return sections.filter(({ blocks }) => blocks.length > 0)
}

/** A section of a few words says too little to be found alone: it joins the one before it, or else the one after. */
function mergeTiny(sections: Section[], fits: (text: string) => boolean): Section[][] {
  const groups: Section[][] = []
  for (const section of sections) {
    const previous = groups.at(-1)
    const together = [...(previous ?? []), section]
    const isTinyPair = isTiny([section]) || (previous !== undefined && isTiny(previous))
    if (previous && isTinyPair && fits(groupBlocks(together).map(markdownOf).join('\n\n'))) previous.push(section)
    else groups.push([section])
  }
  return groups
}

const isTiny = (group: Section[]) =>
  group
    .flatMap(({ blocks }) => blocks.map(markdownOf))
    .join(' ')
    .split(/\s+/).length < tinyWords

// Its one real section names a group; several tiny ones are named by what their headings share.
function groupPath(group: Section[]): string[] {
  const named = group.filter((section) => !isTiny([section]))
  return (named.length === 1 ? named : group).map(({ path }) => path).reduce(sharedStart)
}

function sharedStart(a: string[], b: string[]): string[] {
  const end = a.findIndex((text, depth) => text !== b[depth])
  return end === -1 ? a : a.slice(0, end)
}

// Sections that the group's own heading does not name keep their heading in the text.
function groupBlocks(group: Section[]): Token[] {
  const path = groupPath(group)
  return group.flatMap(({ path: own, blocks }) => {
    const unnamed = own.slice(sharedStart(own, path).length)
    if (unnamed.length === 0) return blocks
    return [paragraph(`**${unnamed.join(' › ')}**`), ...blocks]
  })
}

const markdownOf = (token: Token): string => token.raw.replace(/^\n+/, '').trimEnd()

const paragraph = (raw: string): Tokens.Paragraph => ({ type: 'paragraph', raw, text: raw, tokens: [] })

function fitHeading(heading: string, size: (text: string) => number): string {
  let fitted = heading.replace(/\s+/g, ' ').trim()
  for (let tokens = size(fitted); tokens > headingTokens; tokens = size(fitted)) {
    fitted = `${fitted
      .slice(0, Math.max(1, Math.floor((fitted.length * headingTokens) / (tokens + 4)) - 1))
      .toWellFormed()
      .trim()}…`
  }
  return fitted
}

interface Piece {
  text: string
  tokens: number
  /** What stands between it and the piece before it in the same chunk. */
  separator: string
  /** Pieces of the same table share its header, which each chunk shows once. */
  header?: string
}

/** Fills chunks of about equal size, so that the last is no crumb. A block stays whole when it fits. */
function packBlocks(blocks: Token[], room: number, size: (text: string) => number): string[] {
  const pieces = blocks.flatMap((block) => splitBlock(block, room, size))
  const total = pieces.reduce((sum, { tokens }) => sum + tokens, 0)
  const target = total / Math.ceil(total / room)
  const chunks: { text: string; tokens: number; header: string | undefined }[] = []
  for (const { text, tokens, separator, header } of pieces) {
    const current = chunks.at(-1)
    if (current && current.tokens < target && current.tokens + tokens + 2 <= room) {
      const joint = header === undefined || header === current.header ? '' : `${separator}${header}`
      const candidate = `${current.text}${joint}${joint || header !== undefined ? '\n' : separator}${text}`
      const tokensTogether = size(candidate)
      if (tokensTogether <= room) {
        Object.assign(current, { text: candidate, tokens: tokensTogether, header })
        continue
      }
    }
    const whole = header === undefined ? text : `${header}\n${text}`
    chunks.push({ text: whole, tokens: size(whole), header })
  }
  return chunks.map(({ text }) => text)
}

function splitBlock(block: Token, room: number, size: (text: string) => number): Piece[] {
  const text = markdownOf(block)
  const tokens = size(text)
  if (tokens <= room) return [{ text, tokens, separator: '\n\n' }]
  if (block.type === 'table') {
    const [header = '', rule = '', ...rows] = text.split('\n')
    const repeated = `${header}\n${rule}`
    if (size(repeated) <= room / 2) {
      const left = room - size(repeated) - 1
      return rows.flatMap((row) => splitText(row, left, size).map((piece) => ({ ...piece, header: repeated })))
    }
  }
  if (block.type === 'list') {
    return (block as Tokens.List).items.flatMap((item) =>
      splitText(item.raw.trimEnd(), room, size).map((piece, index) => (index === 0 ? { ...piece, separator: '\n' } : piece)),
    )
  }
  if (block.type === 'code') return text.split('\n').flatMap((line) => splitText(line, room, size).map((piece) => ({ ...piece, separator: '\n' })))
  return splitText(text, room, size).map((piece, index) => (index === 0 ? { ...piece, separator: '\n\n' } : piece))
}

/** Sentences; of a sentence that is too long, words; of such a word, characters. */
function splitText(text: string, room: number, size: (text: string) => number): Piece[] {
  const tokens = size(text)
  if (tokens <= room) return text === '' ? [] : [{ text, tokens, separator: ' ' }]
  const sentences = splitSentences(text)
  if (sentences.length > 1) return sentences.flatMap((sentence) => splitText(sentence, room, size))
  const words = text.split(/\s+/).filter(Boolean)
  if (words.length > 1) return pack(words, ' ', room, size)
  // Whole code points, so that no emoji is cut in two.
  return pack(text.match(/.{1,32}/gsu) ?? [], '', room, size)
}

function pack(parts: string[], joint: string, room: number, size: (text: string) => number): Piece[] {
  const pieces: Piece[] = []
  let current: string[] = []
  let tokens = 0
  const flush = () => {
    const text = current.join(joint)
    if (current.length > 0) pieces.push({ text, tokens: size(text), separator: joint })
    current = []
    tokens = 0
  }
  for (const part of parts) {
    const partTokens = size(part)
    if (partTokens > room && part.length > 32) {
      flush()
      pieces.push(...pack(part.match(/.{1,32}/gsu) ?? [], '', room, size))
      continue
    }
    if (tokens + partTokens > room) flush()
    current.push(part)
    tokens += partTokens
  }
  flush()
  return pieces
}

function surroundings(pieces: string[], position: number): string {
  let [start, end] = [position, position]
  let length = pieces[position]!.length
  while (start > 0 || end < pieces.length - 1) {
    const before = start > 0 && (position - start <= end - position || end === pieces.length - 1)
    const next = before ? pieces[start - 1]! : pieces[end + 1]!
    length += next.length + 2
    if (length > sectionCharacters) break
    if (before) start -= 1
    else end += 1
  }
  return pieces.slice(start, end + 1).join('\n\n')
}
