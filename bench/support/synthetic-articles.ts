import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dataFolder } from '../../eval/help-center.ts'
import type { Resources } from '../../src/resources.ts'
import { indexArticles } from '../../src/services/knowledge/index-articles.ts'
import { storeNewArticle } from '../../src/services/knowledge/store-article.ts'
import { seededRandom, shuffled } from '../statistics.ts'

const sectionsPerArticle = 5

/** Adds articles whose sections are those of the help centre in another company, until there are about so many chunks. The same in every run. */
export async function addSyntheticArticles(resources: Resources, { chunks }: { chunks: number }): Promise<number> {
  const sections = helpCenterSections()
  const random = seededRandom(20)
  let waiting: string[] = []
  let number = 0
  let count = await resources.database.chunk.count()
  while (count < chunks) {
    const articleIds: string[] = []
    for (let added = 0; added < Math.min(40, Math.ceil((chunks - count) / sectionsPerArticle)); added++) {
      if (waiting.length < sectionsPerArticle) waiting = shuffled(sections, random)
      number += 1
      const content = {
        title: `Synthetic ${number}`,
        category: 'Synthetic',
        tags: [],
        body: waiting.splice(0, sectionsPerArticle).join('\n\n'),
        audience: 'PUBLIC' as const,
        locale: 'en',
        status: 'PUBLISHED' as const,
      }
      const slug = `synthetic-${number}`
      articleIds.push((await resources.database.$transaction((tx) => storeNewArticle(tx, content, { slug, authorId: null }))).id)
    }
    await indexArticles(resources, { articleIds })
    count = await resources.database.chunk.count()
  }
  return count
}

/** Each with its heading. */
export function helpCenterSections(): string[] {
  return readdirSync(join(dataFolder, 'help-center'))
    .sort()
    .flatMap((name) => {
      const body = readFileSync(join(dataFolder, 'help-center', name), 'utf8').split(/^---\n/m)[2] ?? ''
      return body.split(/^(?=## )/m).map((section) => section.trim())
    })
    .filter((section) => section.startsWith('## '))
}
