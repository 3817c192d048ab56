import type { Resources } from '../resources.ts'
import { indexArticles } from '../services/knowledge/index-articles.ts'

export async function workOnIndex(resources: Resources): Promise<void> {
  await resources.queue.work('index-articles', { concurrency: 2 }, ({ articleIds }, { signal }) => indexArticles(resources, { articleIds, signal }))
}
