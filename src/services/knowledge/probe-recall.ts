import type { IndexGeneration } from '../../generated/prisma/client.ts'
import { floatsFromBytes } from '../../lib/float-bytes.ts'
import type { Resources } from '../../resources.ts'

const probes = 40
const nearest = 10

/** Share of the exact ten nearest that the index finds, for chunks of its own spread over all; null when there are no vectors. */
export async function probeRecall(
  { database, vectors }: Pick<Resources, 'database' | 'vectors'>,
  generation: IndexGeneration,
): Promise<number | null> {
  const rows = await database.$queryRaw<{ embedding: Uint8Array }[]>`
    SELECT "embedding" FROM "Chunk" WHERE "generation" = ${generation.number} AND "embedding" IS NOT NULL ORDER BY md5("id") LIMIT ${probes}`
  if (rows.length === 0) return null
  const index = vectors.index(generation)
  let found = 0
  let expected = 0
  for (const { embedding } of rows) {
    const query = floatsFromBytes(embedding)
    const exact = await index.vectorSearch(query, { limit: nearest, isExact: true })
    const ids = new Set((await index.vectorSearch(query, { limit: nearest })).map(({ id }) => id))
    // Of equally near ones either may come.
    const last = exact.at(-1)?.score ?? 0
    found += exact.filter(({ id, score }) => ids.has(id) || score - last < 1e-4).length
    expected += exact.length
  }
  return expected === 0 ? null : found / expected
}
