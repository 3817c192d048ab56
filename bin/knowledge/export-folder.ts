import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type ArticleOutline, exportPaths } from '../../src/services/knowledge/files/export-paths.ts'
import { type ExportedArticle, renderArticleFile } from '../../src/services/knowledge/files/render-article-file.ts'
import { articlePages } from './article-pages.ts'
import { CommandError } from './command-error.ts'
import type { Base } from './open-base.ts'

type Exported = Omit<ExportedArticle, 'phrasings'> & { id: string; phrasings: { text: string }[] }

/** Writes every article; of those that changed meanwhile, what they say by then. Returns 0: an export leaves nothing out. */
export async function exportFolder(base: Base, folder: string): Promise<number> {
  const outlines: ArticleOutline[] = []
  for await (const outline of articlePages<ArticleOutline>(base, 100, 'id slug category sourcePath')) outlines.push(outline)
  const paths = exportPaths(outlines)
  let written = 0
  const content = 'id slug title body category tags audience locale status phrasings { text }'
  for await (const { id, phrasings, ...article } of articlePages<Exported>(base, 20, content)) {
    const path = paths.get(id)
    // It was written a moment ago, and comes with the next export.
    if (!path) continue
    const file = join(folder, path)
    await mkdir(dirname(file), { recursive: true }).catch(explain(file))
    const texts = phrasings.map(({ text }) => text)
    await writeFile(file, renderArticleFile({ ...article, phrasings: texts })).catch(explain(file))
    written += 1
  }
  process.stdout.write(`${written} ${written === 1 ? 'article' : 'articles'} written to ${folder}\n`)
  return 0
}

function explain(file: string) {
  return (error: NodeJS.ErrnoException): never => {
    throw new CommandError(`${file} cannot be written (${error.code}).`)
  }
}
