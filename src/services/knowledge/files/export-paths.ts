import { isRelativePath } from '../check-import-path.ts'

export interface ArticleOutline {
  id: string
  slug: string
  category: string
  sourcePath: string | null
}

const longestName = 200

/**
 * Where each article goes in an export: the Markdown file that it came from, otherwise the folder of its category. The order of the articles does
 * not matter, nor does the case of letters, which some disks do not keep apart.
 */
export function exportPaths(articles: ArticleOutline[]): Map<string, string> {
  const taken = new Set<string>()
  const folders = new Set<string>()
  const place = (asked: string) => {
    const wanted = inFolders(asked, taken)
    const [, stem, ending] = /^(.*?)(\.[^./]+)$/s.exec(wanted)!
    let path = wanted
    for (let number = 2; taken.has(path.toLowerCase()) || folders.has(path.toLowerCase()); number++) path = `${stem}-${number}${ending}`
    taken.add(path.toLowerCase())
    for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) folders.add(path.slice(0, end).toLowerCase())
    return path
  }
  const named = articles.filter(({ sourcePath }) => sourcePath !== null && isOwnFile(sourcePath))
  const others = articles.filter((article) => !named.includes(article))
  const ordered = [
    ...named.map(({ id, sourcePath }) => ({ id, wanted: sourcePath! })),
    ...others.map(({ id, slug, category }) => ({ id, wanted: `${folderName(category)}/${slug}.md` })),
  ]
  const ofNamed = ordered.slice(0, named.length).sort(byPath)
  return new Map([...ofNamed, ...ordered.slice(named.length).sort(byPath)].map(({ id, wanted }) => [id, place(wanted)]))
}

/** A folder cannot have the name of a file. */
function inFolders(path: string, files: Set<string>): string {
  const names = path.split('/')
  const file = names.pop()!
  let folder = ''
  for (const name of names) {
    let free = folder + name
    for (let number = 2; files.has(free.toLowerCase()); number++) free = `${folder}${name}-${number}`
    folder = `${free}/`
  }
  return folder + file
}

function byPath(one: { wanted: string }, other: { wanted: string }): number {
  return one.wanted < other.wanted ? -1 : 1
}

/** Hidden files are not read by an import from a folder. */
function isOwnFile(path: string): boolean {
  const names = path.split('/')
  return (
    /\.(md|markdown)$/i.test(path) && isRelativePath(path) && names.every((name) => !name.startsWith('.') && Buffer.byteLength(name) <= longestName)
  )
}

function folderName(category: string): string {
  const name = category
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .slice(0, 60)
    .toWellFormed()
    .replace(/^-+|-+$/g, '')
  return name || 'general'
}
