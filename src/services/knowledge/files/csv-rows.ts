import { ArticleStatus, Audience } from '../../../generated/prisma/enums.ts'
import { type ArticleContent, checkArticle } from '../check-article.ts'
import { checkSlug, isSlug, slugFrom } from '../slug.ts'
import { ArticleFileError, asFileError } from './article-file-error.ts'
import { checkFileText } from './check-file-text.ts'
import { readCsvRecords } from './csv-records.ts'
import { defaultCategory, defaultContent, folderOf, type ParsedArticle } from './parsed-article.ts'

const columns = ['title', 'body', 'category', 'tags', 'audience', 'locale', 'status', 'slug'] as const
type Fields = Partial<Record<(typeof columns)[number], string>>
type ReadRow = { line: number; fields: Fields; problem: string | undefined }

/** One row of a CSV file, as it waits to be imported, or what is wrong with it. */
export type CsvRow = { path: string; content: string } | { path: string; problem: string }

export const isCsvRow = (path: string) => /\.csv#/i.test(path)

/** The rows of a file, each under a path of its own: faq.csv#return-policy. A bad row is reported with its line; a file that has none is one problem. */
export function readCsvRows({ path, content }: { path: string; content: string }): CsvRow[] {
  try {
    const [header, ...records] = readCsvRecords(checkFileText({ path, content }))
    if (!header || 'problem' in header) throw new ArticleFileError(header?.problem ?? 'it is empty', header?.line)
    const names = checkHeader(header.fields, header.line)
    if (records.length === 0) throw new ArticleFileError('it has a header and no rows')
    return withPaths(
      path,
      records.map((record) => ('problem' in record ? { ...record, fields: {} } : readRow(names, record))),
    )
  } catch (error) {
    if (error instanceof ArticleFileError) return [{ path, problem: error.message }]
    throw error
  }
}

function checkHeader(record: string[], line: number): string[] {
  const names = record.map((name) => name.trim().toLowerCase())
  for (const name of ['title', 'body']) if (!names.includes(name)) throw new ArticleFileError(`there is no column "${name}"`, line)
  const twice = columns.find((name) => names.indexOf(name) !== names.lastIndexOf(name))
  if (twice) throw new ArticleFileError(`there are two columns "${twice}"`, line)
  return names
}

function readRow(names: string[], { line, fields: given }: { line: number; fields: string[] }): ReadRow {
  const values = columns.flatMap((name) => {
    const value = given[names.indexOf(name)]
    return value === undefined || value.trim() === '' ? [] : [[name, value]]
  })
  const problem = given.length > names.length ? `it has ${given.length} fields, and the header ${names.length}` : undefined
  return { line, fields: Object.fromEntries(values) as Fields, problem }
}

/** By slug or title, so that a row keeps its path when others come before it. */
function withPaths(path: string, rows: ReadRow[]): CsvRow[] {
  const taken = new Map<string, number>()
  return rows.map(({ line, fields, problem }, index) => {
    const rowPath = `${path}#${freeKey(taken, keyOf(fields) ?? `row-${index + 1}`)}`
    return problem ? { path: rowPath, problem: `line ${line}: ${problem}` } : { path: rowPath, content: JSON.stringify({ fields, line }) }
  })
}

function keyOf({ slug, title }: Fields): string | null {
  if (slug !== undefined) return isSlug(slug.trim()) ? slug.trim() : null
  const key = title && slugFrom(title)
  return key && key !== slugFrom('') ? key : null
}

function freeKey(taken: Map<string, number>, wanted: string): string {
  let number = taken.get(wanted) ?? 1
  let key = number === 1 ? wanted : `${wanted}-${number}`
  while (taken.has(key)) key = `${wanted}-${++number}`
  taken.set(wanted, number + 1)
  if (key !== wanted) taken.set(key, 2)
  return key
}

/** What is stored for a row; its line only says where, so that a row that moved is the same. */
export const rowContent = (content: string) => JSON.stringify((JSON.parse(content) as { fields: Fields }).fields)

/** The article in a row that `readCsvRows` has read. */
export function parseCsvRow({ path, content }: { path: string; content: string }): ParsedArticle {
  const { fields, line } = JSON.parse(content) as { fields: Fields; line: number }
  const lineOf = () => line
  const given = {
    title: fields.title ?? '',
    body: fields.body ?? '',
    category: fields.category ?? folderOf(path.split('#')[0]!) ?? defaultCategory,
    tags: fields.tags
      ?.split(/[,;|]/)
      .map((tag) => tag.trim())
      .filter(Boolean),
    locale: fields.locale?.trim(),
    audience: choiceOf('audience', fields.audience, Audience, line),
    status: choiceOf('status', fields.status, ArticleStatus, line),
  }
  const checked = asFileError(() => checkArticle(given), lineOf)
  const slug = fields.slug?.trim()
  return {
    content: { ...defaultContent, ...(checked as Pick<ArticleContent, 'title' | 'body' | 'category'>) },
    slug: slug ? { value: asFileError(() => checkSlug(slug), lineOf), line } : null,
    name: given.title,
    phrasings: null,
  }
}

function choiceOf<Choice extends string>(
  field: string,
  value: string | undefined,
  choices: Record<string, Choice>,
  line: number,
): Choice | undefined {
  if (value === undefined) return undefined
  const choice = Object.values(choices).find((known) => known === value.trim().toUpperCase())
  if (choice) return choice
  throw new ArticleFileError(
    `${field} must be ${Object.values(choices).join(', ').toLowerCase()}, and is ${JSON.stringify(value.slice(0, 40))}`,
    line,
  )
}
