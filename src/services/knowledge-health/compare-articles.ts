import type { Resources } from '../../resources.ts'
import { type AlikeSections, alikeEnough, findAlikeSections, isComparable, neighboursPerSection } from './alike-sections.ts'
import { readCheckState, writeCheckState } from './check-state.ts'
import type { Rarity } from './compare-claims.ts'
import { cosineScale } from './cosine-scale.ts'
import { findPairs } from './find-pairs.ts'
import { countSections, rarityIn, readAllSections, readSections, type Section } from './sections.ts'
import { storePairs } from './store-pairs.ts'

type Needed = Pick<Resources, 'database' | 'vectors' | 'generations' | 'embedder'>

/** Another number makes every article unchecked. */
const rules = 'pairs-1'
const articlesAtOnce = 100
/** Up to so many all are compared exactly; beyond, those that the vector index finds near. */
const mostExactSections = 20_000

/**
 * Compares the articles that changed since they were last compared with all others, and stores the pairs. In batches, each of which is done for
 * good: a check that is interrupted goes on where it was. Returns the articles that were compared.
 */
export async function compareArticles(
  resources: Needed,
  { signal, mostExact = mostExactSections }: { signal: AbortSignal; mostExact?: number },
): Promise<string[]> {
  const { database, embedder } = resources
  await forgetOtherRules(resources)
  const compared: string[] = []
  let all: Known | null = null
  for (;;) {
    signal.throwIfAborted()
    const batch = await database.$queryRaw<{ id: string; version: number }[]>`
      SELECT "id", "version" FROM "Article" WHERE "checkedVersion" IS DISTINCT FROM "version" AND "indexState" <> 'PENDING'
      ORDER BY "id" LIMIT ${articlesAtOnce}`
    if (batch.length === 0) return compared
    const articleIds = batch.map(({ id }) => id)
    // Without an embedder there are no vectors, and nothing to compare by.
    if (embedder) {
      if (all === null && (await countSections(resources)) <= mostExact) all = await known(await readAllSections(resources, signal))
      const compare = all ? exactly(all, articleIds, signal) : byIndex(resources, articleIds, signal)
      const { pairs, ...others } = await compare
      const scale = await cosineScale(embedder, signal)
      const found = await findPairs(embedder, { ...others, pairs: pairs.map((pair) => ({ ...pair, cosine: scale.of(pair.cosine) })), signal })
      await storePairs(resources, { articleIds, found })
    }
    // Not through Prisma's update: `updatedAt` says when a person changed the article.
    for (const { id, version } of batch) await database.$executeRaw`UPDATE "Article" SET "checkedVersion" = ${version} WHERE "id" = ${id}`
    compared.push(...articleIds)
  }
}

interface Known {
  sections: Section[]
  sectionsOf: (articleId: string) => Section[]
  rarity: Rarity
}

async function known(sections: Section[]): Promise<Known> {
  const byArticle = Map.groupBy(sections, ({ articleId }) => articleId)
  return { sections, sectionsOf: (articleId) => byArticle.get(articleId) ?? [], rarity: await rarityIn(sections) }
}

async function exactly(all: Known, articleIds: string[], signal: AbortSignal): Promise<Known & { pairs: AlikeSections[] }> {
  return { ...all, pairs: await findAlikeSections(articleIds.flatMap(all.sectionsOf), all.sections, signal) }
}

async function byIndex(resources: Needed, articleIds: string[], signal: AbortSignal): Promise<Known & { pairs: AlikeSections[] }> {
  const some = await readSections(resources, { articleIds })
  const index = resources.vectors.index(await resources.generations.live())
  const near: { a: Section; id: string; cosine: number }[] = []
  for (const a of some) {
    signal.throwIfAborted()
    const hits = await index.vectorSearch(a.vector, { limit: 2 * neighboursPerSection, filter: { locale: a.locale } })
    near.push(
      ...hits
        .filter(({ articleId, score }) => articleId !== a.articleId && score >= alikeEnough)
        .slice(0, neighboursPerSection)
        .map(({ id, score }) => ({ a, id, cosine: score })),
    )
  }
  const others = await readSections(resources, { ids: [...new Set(near.map(({ id }) => id))] })
  const byId = new Map(others.map((section) => [section.id, section]))
  const pairs = near.flatMap(({ a, id, cosine }) => {
    const b = byId.get(id)
    return b && isComparable(a, b) ? [{ a, b, cosine }] : []
  })
  // Duplicates are judged by whole articles.
  const whole = await readSections(resources, { articleIds: [...new Set(pairs.filter(({ cosine }) => cosine >= 0.7).map(({ b }) => b.articleId))] })
  const sections = [...new Map([...some, ...others, ...whole].map((section) => [section.id, section])).values()]
  return { ...(await known(sections)), pairs }
}

/** Vectors of another model, or other rules, find other pairs: then every article is compared again. */
async function forgetOtherRules({ database }: Needed): Promise<void> {
  const live = await database.indexGeneration.findFirst({ where: { state: 'LIVE' }, select: { embeddingModel: true } })
  const comparedBy = `${rules} ${live?.embeddingModel ?? ''}`
  const state = await readCheckState({ database })
  if (state.comparedBy === comparedBy) return
  await database.$executeRaw`UPDATE "Article" SET "checkedVersion" = NULL`
  await writeCheckState({ database }, { ...state, comparedBy })
}
