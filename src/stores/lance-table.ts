import { Index, type Table } from '@lancedb/lancedb'
import { Binary, Field, FixedSizeList, Float32, Int32, Schema, Utf8 } from 'apache-arrow'

// So many vectors are compared in memory in about 4 ms and take some 20 MB; beyond it an HNSW index pays for the seconds that it takes to build.
export const residentLimit = 5_000
// Rows that the full-text index does not hold are scanned, at 0.05 ms each.
const rowsToScan = 200
const keepVersionsMs = 10 * 60_000

const textIndex = 'content_idx'
const vectorIndex = 'vector_idx'

export function chunkSchema(dimensions: number): Schema {
  const text = (name: string) => new Field(name, new Utf8(), false)
  return new Schema([
    text('id'),
    text('articleId'),
    new Field('articleVersion', new Int32(), false),
    text('kind'),
    text('content'),
    text('category'),
    text('audience'),
    text('locale'),
    new Field('vector', new FixedSizeList(dimensions, new Field('item', new Float32(), true)), true),
    new Field('fineVectors', new Binary(), true),
  ])
}

export async function hasSchema(table: Table, dimensions: number): Promise<boolean> {
  const describe = (schema: Schema) => schema.fields.map(({ name, type }) => `${name} ${type}`).join()
  return describe((await table.schema()) as Schema) === describe(chunkSchema(dimensions))
}

export async function unindexedRows(table: Table): Promise<number> {
  return (await table.indexStats(textIndex))?.numUnindexedRows ?? (await table.countRows())
}

/**
 * Brings new rows into the full-text index and compacts the files. A small table is done at once; with `isHurried` a big one is left,
 * and the answer is true when its scan of new rows has become slow enough to be worth a call without it.
 */
export async function foldNewRows(table: Table, { isHurried = false } = {}): Promise<boolean> {
  const rows = await table.countRows()
  if (rows === 0) return false
  const stats = await table.indexStats(textIndex)
  // An index over no rows has no word statistics, and then BM25 is wrong for the rows that come later: it is made when there are some.
  if (!stats || stats.numIndexedRows === 0) {
    await createIndexes(table)
    return false
  }
  if (isHurried && rows > residentLimit) return stats.numUnindexedRows > rowsToScan
  // Readers in other processes finish long before their version goes.
  await table.optimize({ cleanupOlderThan: new Date(Date.now() - keepVersionsMs) })
  return false
}

export async function indexVectors(table: Table): Promise<void> {
  if ((await table.countRows('vector IS NOT NULL')) <= residentLimit || (await table.indexStats(vectorIndex))) return
  await table.createIndex('vector', { config: Index.hnswSq({ numPartitions: 1, distanceType: 'cosine' }) })
}

async function createIndexes(table: Table): Promise<void> {
  // Stop words stay: BM25 weighs them next to nothing, and "how to" or "off" is at times all that a customer writes.
  await table.createIndex('content', {
    config: Index.fts({ withPosition: false, language: 'English', stem: true, lowercase: true, asciiFolding: true, removeStopWords: false }),
    replace: true,
  })
  for (const column of ['category', 'audience', 'locale']) await table.createIndex(column, { config: Index.bitmap(), replace: true })
  await table.createIndex('articleId', { config: Index.btree(), replace: true })
  await table.createIndex('id', { config: Index.btree(), replace: true })
}
