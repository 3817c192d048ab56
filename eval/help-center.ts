import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'
import type { Resources } from '../src/resources.ts'
import { indexArticles } from '../src/services/knowledge/index-articles.ts'
import { prepareGeneration } from '../src/services/knowledge/prepare-generation.ts'
import { slugFrom } from '../src/services/knowledge/slug.ts'
import { storeNewArticle } from '../src/services/knowledge/store-article.ts'
import { syncVectors } from '../src/services/knowledge/sync-vectors.ts'

export interface Question {
  id: string
  question: string
  articles: string[]
  kind: 'plain' | 'paraphrase' | 'typo' | 'detail' | 'followup'
  history?: { role: 'customer' | 'agent'; text: string }[]
}

export const dataFolder = resolve(import.meta.dirname, '../data')

export function readLines<Row>(file: string): Row[] {
  return readFileSync(join(dataFolder, file), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row)
}

/** Puts the sample articles into an empty database and index; returns article id → slug. */
export async function loadHelpCenter(resources: Resources): Promise<Map<string, string>> {
  await prepareGeneration(resources)
  await syncVectors(resources)
  const slugs = new Map<string, string>()
  for (const name of readdirSync(join(dataFolder, 'help-center')).sort()) {
    const [, frontMatter = '', body = ''] = readFileSync(join(dataFolder, 'help-center', name), 'utf8').split(/^---\n/m)
    const { title, category, tags, audience } = parse(frontMatter) as { title: string; category: string; tags: string[]; audience: string }
    const content = {
      title,
      category,
      tags,
      body,
      audience: audience.toUpperCase() as 'PUBLIC' | 'INTERNAL',
      locale: 'en',
      status: 'PUBLISHED' as const,
    }
    const article = await resources.database.$transaction((tx) =>
      storeNewArticle(tx, content, { slug: slugFrom(name.replace(/\.md$/, '')), authorId: null }),
    )
    slugs.set(article.id, article.slug)
  }
  await indexArticles(resources, { articleIds: [...slugs.keys()] })
  return slugs
}
