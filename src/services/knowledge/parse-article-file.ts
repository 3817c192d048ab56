import { type Document, isMap, isNode, LineCounter, parseDocument } from 'yaml'
import { ArticleStatus, Audience } from '../../generated/prisma/enums.ts'
import { checkText, limits } from '../checked-input.ts'
import { InvalidInputError } from '../errors.ts'
import { type ArticleContent, checkArticle } from './check-article.ts'

/** What is wrong with one file, and where. The rest of the import goes on. */
export class ArticleFileError extends Error {
  constructor(message: string, line?: number) {
    super(line === undefined ? message : `line ${line}: ${message}`)
    this.name = 'ArticleFileError'
  }
}

const defaults = { tags: [], audience: 'PUBLIC', locale: 'en', status: 'PUBLISHED' } satisfies Partial<ArticleContent>

/** Reads Markdown with YAML front matter. A title that is not given is the first heading or the file's name, a category the folder's. */
export function parseArticleFile({ path, content }: { path: string; content: string }): ArticleContent {
  if (!/\.(md|markdown)$/i.test(path)) throw new ArticleFileError('only Markdown (.md) can be imported so far')
  const text = content.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
  asFileError(() => checkText('the file', text, { maximum: limits.articleFile }))
  const { matter, body } = splitFrontMatter(text)
  const lines = new LineCounter()
  const document = parseDocument(matter, { lineCounter: lines, prettyErrors: false })
  const [problem] = document.errors
  // The front matter begins on the file's second line.
  if (problem) throw new ArticleFileError(`the front matter is not valid YAML (${problem.message})`, lines.linePos(problem.pos[0]).line + 1)
  if (document.contents !== null && !isMap(document.contents)) throw new ArticleFileError('the front matter must be fields such as "title: …"', 2)
  const lineOf = (field: string) => lineOfField(document, lines, field)

  const given = {
    title: readText(document, 'title', lineOf) ?? /^#[ \t]+(.+?)[ \t]*#*$/m.exec(body)?.[1] ?? nameFromPath(path),
    category: readText(document, 'category', lineOf) ?? folderOf(path) ?? 'General',
    tags: readTags(document, lineOf),
    locale: readText(document, 'locale', lineOf),
    audience: readChoice(document, 'audience', Audience, lineOf),
    status: readChoice(document, 'status', ArticleStatus, lineOf),
  }
  const checked = asFileError(() => checkArticle({ ...given, body: body.trim() }), lineOf)
  return { ...defaults, ...(checked as Pick<ArticleContent, 'title' | 'body' | 'category'>) }
}

function splitFrontMatter(text: string): { matter: string; body: string } {
  if (!/^---[ \t]*\n/.test(text)) return { matter: '', body: text }
  const start = text.indexOf('\n') + 1
  const end = /^---[ \t]*(\n|$)/m.exec(text.slice(start))
  if (!end) throw new ArticleFileError('the front matter is not closed by a line of ---', 1)
  return { matter: text.slice(start, start + end.index), body: text.slice(start + end.index + end[0].length) }
}

function readText(document: Document, field: string, lineOf: (field: string) => number | undefined): string | undefined {
  const value: unknown = fieldOf(document, field)
  if (value === null || value === undefined) return undefined
  if (typeof value === 'object') throw new ArticleFileError(`${field} must be text`, lineOf(field))
  return String(value)
}

function readTags(document: Document, lineOf: (field: string) => number | undefined): string[] | undefined {
  const value: unknown = fieldOf(document, 'tags')
  if (value === null || value === undefined) return undefined
  const tags = Array.isArray(value) ? value : String(value).split(',')
  if (tags.some((tag) => tag === null || typeof tag === 'object')) throw new ArticleFileError('tags must be a list of words', lineOf('tags'))
  return tags.map((tag) => String(tag).trim()).filter(Boolean)
}

function readChoice<Choice extends string>(
  document: Document,
  field: string,
  choices: Record<string, Choice>,
  lineOf: (field: string) => number | undefined,
): Choice | undefined {
  const value = readText(document, field, lineOf)
  if (value === undefined) return undefined
  const choice = Object.values(choices).find((known) => known === value.trim().toUpperCase())
  if (!choice)
    throw new ArticleFileError(
      `${field} must be ${Object.values(choices).join(', ').toLowerCase()}, and is ${JSON.stringify(value.slice(0, 40))}`,
      lineOf(field),
    )
  return choice
}

function fieldOf(document: Document, field: string): unknown {
  if (!isMap(document.contents)) return undefined
  const value = document.get(field, true)
  try {
    return isNode(value) ? value.toJS(document, { maxAliasCount: 10 }) : value
  } catch {
    throw new ArticleFileError(`${field} repeats itself too often`)
  }
}

function lineOfField(document: Document, lines: LineCounter, field: string): number | undefined {
  if (!isMap(document.contents)) return undefined
  const value = document.get(field, true)
  return isNode(value) && value.range ? lines.linePos(value.range[0]).line + 1 : undefined
}

/** An InvalidInputError names its field first. */
function asFileError<Result>(check: () => Result, lineOf?: (field: string) => number | undefined): Result {
  try {
    return check()
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error
    throw new ArticleFileError(error.message, lineOf?.(error.message.split(' ')[0]!))
  }
}

const baseName = (path: string) =>
  path
    .split('/')
    .at(-1)!
    .replace(/\.[^.]+$/, '')
const folderOf = (path: string) => path.split('/').at(-2)?.replace(/[-_]+/g, ' ')

/** The name of the file without its ending: its slug, and the words of its title when it has none. */
export const nameFromPath = (path: string) => baseName(path).replace(/[-_]+/g, ' ').trim() || 'Untitled'
