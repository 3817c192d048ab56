import { connect } from '@lancedb/lancedb'
import type { Logger } from '../lib/logger.ts'
import { LanceIndex } from './lance-index.ts'
import type { VectorStore } from './vectors.ts'

export interface LanceVectorsOptions {
  /** A folder, or s3://bucket/path. */
  uri: string
  /** Other processes write it too. */
  isShared: boolean
  logger: Logger
}

/** One LanceDB table a generation. */
export function createLanceVectors({ uri, isShared, logger }: LanceVectorsOptions): VectorStore {
  const indexes = new Map<number, LanceIndex>()
  return {
    index({ number, dimensions }) {
      const known = indexes.get(number)
      if (known) return known
      // One generation answers at a time.
      for (const other of indexes.values()) other.rest()
      const index = new LanceIndex({ uri, tableName: tableOf(number), dimensions, isShared, logger })
      indexes.set(number, index)
      return index
    },
    async keepOnly(generations) {
      const kept = new Set(generations.map(tableOf))
      for (const [number, index] of indexes) {
        if (kept.has(tableOf(number))) continue
        indexes.delete(number)
        await index.close()
      }
      const connection = await connect(uri)
      for (const name of await connection.tableNames()) if (/^chunks(_\d+)?$/.test(name) && !kept.has(name)) await connection.dropTable(name)
      connection.close()
    },
    async close() {
      for (const index of indexes.values()) await index.close()
    },
  }
}

const tableOf = (generation: number) => `chunks_${generation}`
