import { setImmediate as breathe } from 'node:timers/promises'
import { floatsFromBytes } from '../../lib/float-bytes.ts'
import { contentWords } from '../../lib/text/content-words.ts'
import type { Resources } from '../../resources.ts'

/** A passage of a published article, as it is searched. */
export interface Section {
  id: string
  articleId: string
  locale: string
  heading: string
  text: string
  vector: Float32Array
}

interface Row extends Omit<Section, 'vector'> {
  embedding: Uint8Array
}

const pageSize = 500

/** How many sections with vectors the live index has. */
export async function countSections({ database }: Pick<Resources, 'database'>): Promise<number> {
  const [row] = await database.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM "Chunk" c JOIN "IndexGeneration" g ON g."number" = c."generation" AND g."state" = 'LIVE'
    WHERE c."kind" = 'SECTION' AND c."embedding" IS NOT NULL`
  return row?.count ?? 0
}

/** All of them; a page at a time, so that other requests get their turn. */
export async function readAllSections({ database }: Pick<Resources, 'database'>, signal: AbortSignal): Promise<Section[]> {
  const sections: Section[] = []
  for (let after = ''; ; ) {
    signal.throwIfAborted()
    const rows = await database.$queryRaw<Row[]>`
      SELECT c."id", c."articleId", a."locale", c."heading", c."text", c."embedding" FROM "Chunk" c
      JOIN "IndexGeneration" g ON g."number" = c."generation" AND g."state" = 'LIVE'
      JOIN "Article" a ON a."id" = c."articleId" AND a."status" = 'PUBLISHED'
      WHERE c."kind" = 'SECTION' AND c."embedding" IS NOT NULL AND c."id" > ${after} ORDER BY c."id" LIMIT ${pageSize}`
    sections.push(...rows.map(withVector))
    if (rows.length < pageSize) return sections
    after = rows.at(-1)!.id
  }
}

/** Those of the articles, or those with the ids. */
export async function readSections(
  { database }: Pick<Resources, 'database'>,
  { articleIds = [], ids = [] }: { articleIds?: string[]; ids?: string[] },
): Promise<Section[]> {
  const rows = await database.$queryRaw<Row[]>`
    SELECT c."id", c."articleId", a."locale", c."heading", c."text", c."embedding" FROM "Chunk" c
    JOIN "IndexGeneration" g ON g."number" = c."generation" AND g."state" = 'LIVE'
    JOIN "Article" a ON a."id" = c."articleId" AND a."status" = 'PUBLISHED'
    WHERE c."kind" = 'SECTION' AND c."embedding" IS NOT NULL AND (c."articleId" = ANY(${articleIds}) OR c."id" = ANY(${ids})) ORDER BY c."id"`
  return rows.map(withVector)
}

/** How much a word says about what a section is about: the fewer articles have it, the more. */
export async function rarityIn(sections: Section[]): Promise<(word: string) => number> {
  const articlesOf = new Map<string, Set<string>>()
  for (const [index, { articleId, heading, text }] of sections.entries()) {
    if (index % 100 === 0) await breathe()
    for (const word of contentWords(`${heading}\n${text}`)) {
      const articles = articlesOf.get(word)
      if (articles) articles.add(articleId)
      else articlesOf.set(word, new Set([articleId]))
    }
  }
  const count = new Set(sections.map(({ articleId }) => articleId)).size
  return (word) => Math.log(1 + (count + 1) / ((articlesOf.get(word)?.size ?? 0) + 0.5))
}

const withVector = ({ embedding, ...row }: Row): Section => ({ ...row, vector: floatsFromBytes(embedding) })
