import { type Document, isMap, isNode, isScalar, LineCounter, type Pair, parseDocument } from 'yaml'
import { ArticleFileError } from './article-file-error.ts'

const matterCharacters = 50_000

export interface FrontMatter {
  body: string
  /** A field that is not there is undefined; so is one without a value. */
  text(field: string): string | undefined
  list(field: string): string[] | undefined
  choice<Choice extends string>(field: string, choices: Record<string, Choice>): Choice | undefined
  lineOf(field: string): number | undefined
}

/** YAML between two lines of --- at the start of a file, and what follows it. */
export function readFrontMatter(text: string): FrontMatter {
  const { matter, body } = split(text)
  const lines = new LineCounter()
  // Looking for a field that is there twice takes the parser seconds for thousands of them.
  const document = parseDocument(matter, { lineCounter: lines, prettyErrors: false, uniqueKeys: false })
  const [problem] = document.errors
  // The front matter begins on the file's second line.
  if (problem) throw new ArticleFileError(`the front matter is not valid YAML (${problem.message})`, lines.linePos(problem.pos[0]).line + 1)
  if (document.contents !== null && !isMap(document.contents)) throw new ArticleFileError('the front matter must be fields such as "title: …"', 2)
  const lineAt = (node: unknown) => (isNode(node) && node.range ? lines.linePos(node.range[0]).line + 1 : undefined)
  const pairs = new Map<string, Pair>()
  for (const pair of isMap(document.contents) ? document.contents.items : []) {
    const name = isScalar(pair.key) ? String(pair.key.value) : ''
    if (pairs.has(name)) throw new ArticleFileError(`${name.slice(0, 40)} is there twice`, lineAt(pair.key))
    pairs.set(name, pair)
  }

  const lineOf = (field: string) => lineAt(pairs.get(field)?.value) ?? lineAt(pairs.get(field)?.key)
  const readValue = (field: string) =>
    valueOfNode(document, pairs.get(field)?.value, () => new ArticleFileError(`${field} repeats itself`, lineOf(field)))
  function textOf(field: string): string | undefined {
    const value = readValue(field)
    if (value === null || value === undefined) return undefined
    if (typeof value === 'object') throw new ArticleFileError(`${field} must be text`, lineOf(field))
    return String(value)
  }
  return {
    body,
    text: textOf,
    lineOf,
    list(field) {
      const value = readValue(field)
      if (value === null || value === undefined) return undefined
      const entries = Array.isArray(value) ? value : String(value).split(',')
      if (entries.some((entry) => entry === null || typeof entry === 'object'))
        throw new ArticleFileError(`${field} must be a list of words`, lineOf(field))
      return entries.map((entry) => String(entry).trim()).filter(Boolean)
    },
    choice(field, choices) {
      const value = textOf(field)
      if (value === undefined) return undefined
      const choice = Object.values(choices).find((known) => known === value.trim().toUpperCase())
      if (choice) return choice
      const known = Object.values(choices).join(', ').toLowerCase()
      throw new ArticleFileError(`${field} must be ${known}, and is ${JSON.stringify(value.slice(0, 40))}`, lineOf(field))
    },
  }
}

function split(text: string): { matter: string; body: string } {
  if (!/^---[ \t]*\n/.test(text)) return { matter: '', body: text }
  const start = text.indexOf('\n') + 1
  const end = /^---[ \t]*(\n|$)/m.exec(text.slice(start))
  if (!end) throw new ArticleFileError('the front matter is not closed by a line of ---', 1)
  if (end.index > matterCharacters)
    throw new ArticleFileError(`the front matter has ${end.index} characters, and at most ${matterCharacters} are allowed`, 1)
  return { matter: text.slice(start, start + end.index), body: text.slice(start + end.index + end[0].length) }
}

// Numbers and the like as they are written: 1.10 is no 1.1. Aliases are followed only so far.
function valueOfNode(document: Document, node: unknown, tooOften: () => Error): unknown {
  if (isScalar(node)) return typeof node.value === 'string' || node.value === null ? node.value : (node.source ?? String(node.value))
  try {
    const value: unknown = isNode(node) ? node.toJS(document, { maxAliasCount: 10 }) : node
    const items = isNode(node) && 'items' in node && Array.isArray(value) ? (node.items as unknown[]) : null
    return items?.every(isScalar) ? items.map((item) => valueOfNode(document, item, tooOften)) : value
  } catch {
    throw tooOften()
  }
}
