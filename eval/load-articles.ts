import type { Resources } from '../src/resources.ts'
import { indexArticles } from '../src/services/knowledge/index-articles.ts'
import { prepareGeneration } from '../src/services/knowledge/prepare-generation.ts'
import { slugFrom } from '../src/services/knowledge/slug.ts'
import { storeNewArticle } from '../src/services/knowledge/store-article.ts'
import { syncVectors } from '../src/services/knowledge/sync-vectors.ts'
import { learnSpelling } from '../src/services/retrieval/learn-spelling.ts'
import type { Collection } from './collection.ts'

const atOnce = 50

/** Puts the articles into an empty database and index; returns the stored id → the collection's. */
export async function loadCollection(resources: Resources, { articles }: Pick<Collection, 'articles'>): Promise<Map<string, string>> {
  await prepareGeneration(resources)
  await syncVectors(resources)
  const ids = new Map<string, string>()
  for (const { id, title, body, category = 'General' } of articles) {
    const content = { title, body, category, tags: [], audience: 'PUBLIC' as const, locale: 'en', status: 'PUBLISHED' as const }
    const stored = await resources.database.$transaction((tx) => storeNewArticle(tx, content, { slug: slugFrom(title), authorId: null }))
    ids.set(stored.id, id)
  }
  const all = [...ids.keys()]
  for (let start = 0; start < all.length; start += atOnce) await indexArticles(resources, { articleIds: all.slice(start, start + atOnce) })
  await learnSpelling(resources)
  return ids
}
