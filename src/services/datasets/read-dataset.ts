import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { Resources } from '../../resources.ts'

const expand = promisify(gunzip)

/** The dataset's file piece by piece; null once it has expired. */
export async function readDataset(
  { database }: Pick<Resources, 'database'>,
  datasetId: string,
): Promise<{ name: string; pieces: AsyncGenerator<Buffer> } | null> {
  const dataset = await database.dataset.findFirst({ where: { id: datasetId, sha256: { not: null }, expiresAt: { gt: new Date() } } })
  if (!dataset) return null
  return { name: `${dataset.format.toLowerCase()}-${dataset.sha256!.slice(0, 12)}.jsonl`, pieces: piecesOf() }

  async function* piecesOf(): AsyncGenerator<Buffer> {
    for (let position = 1; ; position++) {
      const chunk = await database.datasetChunk.findUnique({ where: { datasetId_position: { datasetId, position } } })
      if (!chunk) return
      if (!chunk.bytes) throw new Error('the dataset expired while it was read')
      yield await expand(chunk.bytes)
    }
  }
}

/** Drops the bytes of files whose time is over; what they were made of stays. */
export async function purgeDatasets({ database }: Pick<Resources, 'database'>): Promise<void> {
  await database.datasetChunk.updateMany({ where: { bytes: { not: null }, dataset: { expiresAt: { lte: new Date() } } }, data: { bytes: null } })
}
