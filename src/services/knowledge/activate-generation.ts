import type { IndexGeneration } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'

/** Puts the generation in the place of the live one, in one transaction. The one before stays for going back; the one before that goes. */
export async function activateGeneration(
  { database, vectors, generations, logger }: Pick<Resources, 'database' | 'vectors' | 'generations' | 'logger'>,
  { number }: Pick<IndexGeneration, 'number'>,
  measured: { articles: number; chunks: number; recall: number | null },
): Promise<void> {
  await database.$transaction(
    async (tx) => {
      const [{ state } = { state: null }] = await tx.$queryRaw<{ state: string }[]>`
        SELECT "state"::text AS state FROM "IndexGeneration" WHERE "number" = ${number} FOR UPDATE`
      // A second worker of the same run comes late: the swap has been made.
      if (state !== 'BUILDING') return
      await tx.indexGeneration.deleteMany({ where: { state: 'KEPT' } })
      await tx.indexGeneration.updateMany({ where: { state: 'LIVE' }, data: { state: 'KEPT' } })
      await tx.indexGeneration.update({ where: { number }, data: { state: 'LIVE', activatedAt: new Date(), ...measured } })
    },
    { timeout: 120_000 },
  )
  generations.forget()
  await dropUnused({ database, vectors, logger })
}

/** Tables of generations that no longer exist. One that cannot be dropped now is dropped with the next. */
export async function dropUnused({ database, vectors, logger }: Pick<Resources, 'database' | 'vectors' | 'logger'>): Promise<void> {
  const all = await database.indexGeneration.findMany({ select: { number: true } })
  try {
    await vectors.keepOnly(all.map(({ number }) => number))
  } catch (error) {
    logger.warn({ reason: String(error) }, 'old search indexes could not be deleted')
  }
}
