import type { ArticlePairKind } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'

export interface FoundPair {
  kind: ArticlePairKind
  firstId: string
  secondId: string
  score: number
  findings: { first: string; second: string; firstValue?: string; secondValue?: string }[]
}

/**
 * Makes the stored pairs of these articles exactly those that were found. One that was dismissed stays so while both articles are at the
 * version that it was dismissed at.
 */
export async function storePairs(
  { database }: Pick<Resources, 'database'>,
  { articleIds, found }: { articleIds: string[]; found: FoundPair[] },
): Promise<void> {
  await database.$transaction(async (tx) => {
    const known = await tx.articlePair.findMany({ where: { OR: [{ firstId: { in: articleIds } }, { secondId: { in: articleIds } }] } })
    const keyOf = ({ kind, firstId, secondId }: Pick<FoundPair, 'kind' | 'firstId' | 'secondId'>) => `${kind} ${firstId} ${secondId}`
    const foundKeys = new Set(found.map(keyOf))
    await tx.articlePair.deleteMany({ where: { id: { in: known.filter((pair) => !foundKeys.has(keyOf(pair))).map(({ id }) => id) } } })
    const articles = await tx.article.findMany({
      where: { id: { in: found.flatMap(({ firstId, secondId }) => [firstId, secondId]) } },
      select: { id: true, version: true },
    })
    const versions = new Map(articles.map(({ id, version }) => [id, version]))
    for (const { kind, firstId, secondId, score, findings } of found) {
      const [firstVersion, secondVersion] = [versions.get(firstId), versions.get(secondId)]
      // Deleted while they were compared.
      if (firstVersion === undefined || secondVersion === undefined) continue
      const earlier = known.find((pair) => keyOf(pair) === keyOf({ kind, firstId, secondId }))
      const isSame = earlier?.firstVersion === firstVersion && earlier.secondVersion === secondVersion
      const data = { firstVersion, secondVersion, score, findings, dismissedAt: isSame ? earlier.dismissedAt : null }
      await tx.articlePair.upsert({
        where: { kind_firstId_secondId: { kind, firstId, secondId } },
        create: { kind, firstId, secondId, ...data },
        update: data,
      })
    }
  })
}
