import { connect, Index } from '@lancedb/lancedb'
import { createLogger } from '../src/lib/logger.ts'
import { sentenceSpans } from '../src/lib/text/sentence-spans.ts'
import { LanceIndex } from '../src/stores/lance-index.ts'
import type { IndexedChunk, SearchOptions, VectorIndex } from '../src/stores/vectors.ts'
import type { Measurement } from './measurement.ts'
import { percentile, seededRandom } from './statistics.ts'
import { removeFolder, temporaryFolder } from './support/leave-nothing.ts'
import { sampleQuestions } from './support/questions.ts'
import { helpCenterSections } from './support/synthetic-articles.ts'

const dimensions = 384
const queries = 200
const warmUp = 20
/** As many as `retrieve` asks for. */
const candidates = 60
/** The article's vector and five sentences a chunk, as an average one has. */
const fineVectors = new Uint8Array(6 * dimensions)
const curve = [
  { ef: 60, refine: 1 },
  { ef: 120, refine: 1 },
  { ef: 120, refine: 2 },
  { ef: 150, refine: 2 },
  { ef: 300, refine: 2 },
  { ef: 300, refine: 5 },
]

/** The search that `retrieve` makes, without the embedding and the rows of the database, among so many chunks. */
export async function measureVectors(rows: number): Promise<Measurement> {
  const folder = temporaryFolder()
  const tableName = 'chunks_1'
  const index = new LanceIndex({ uri: folder, tableName, dimensions, isShared: false, logger: createLogger({ level: 'silent', isTerminal: false }) })
  try {
    const data = clusteredVectors(rows)
    const startedAt = performance.now()
    await index.rebuild(batchesOf(data.stored))
    const ingestMs = performance.now() - startedAt
    await index.optimize()
    const optimizeMs = performance.now() - startedAt - ingestMs
    const exact = data.queries.map((query) => timed(() => nearest(data.stored, query)))
    const recallOf = (found: string[][]) => {
      const hits = exact.map(({ value }, position) => value.filter((row) => new Set(found[position]!.slice(0, 10)).has(idOf(row))).length)
      return hits.reduce((sum, count) => sum + count, 0) / (10 * exact.length)
    }
    const plain = await searchAll(index, data.queries, {})
    const filtered = await searchAll(index, data.queries, { audience: 'PUBLIC', category: 'Category 3' })
    const exactMs = exact.slice(warmUp).map(({ ms }) => ms)
    const target = { atMost: rows >= 100_000 ? 30 : 25 }
    return {
      title: `Search the index: one query among ${rows.toLocaleString('en')} chunks`,
      conditions: `vector and keyword search at once, ${candidates} hits each with their fine vectors; ${clustersOf(rows)} clusters of synthetic vectors, ${queries} queries, one at a time`,
      reference: 'exact: the cosine with each vector in a loop, in this process, and a sort',
      rows: [
        { what: 'p50', unit: 'ms', measured: percentile(plain.ms, 0.5), reference: percentile(exactMs, 0.5), target: null },
        { what: 'p95', unit: 'ms', measured: percentile(plain.ms, 0.95), reference: percentile(exactMs, 0.95), target },
        { what: 'p95 with a filter', unit: 'ms', measured: percentile(filtered.ms, 0.95), reference: null, target },
        { what: 'recall@10', unit: 'share', measured: recallOf(plain.ids), reference: 1, target: { atLeast: 0.98 } },
      ],
      notes: [
        `written in ${(ingestMs / 1000).toFixed(1)} s, indexed in ${(optimizeMs / 1000).toFixed(1)} s`,
        ...(await curveOf({ folder, tableName, queries: data.queries, recallOf })),
      ],
    }
  } finally {
    await index.close()
    removeFolder(folder)
  }
}

async function searchAll(index: VectorIndex, vectors: Float32Array[], filter: NonNullable<SearchOptions['filter']>) {
  const texts = sampleQuestions()
  const ms: number[] = []
  const ids: string[][] = []
  for (const [position, query] of vectors.entries()) {
    const text = texts[position % texts.length]!
    const startedAt = performance.now()
    const [found] = await Promise.all([
      index.vectorSearch(query, { limit: candidates, filter }),
      index.keywordSearch(text, { limit: candidates, filter }),
    ])
    if (position >= warmUp) ms.push(performance.now() - startedAt)
    ids.push(found.map(({ id }) => id))
  }
  return { ms, ids }
}

/** LanceDB's own search, vectors alone: what `ef` and `refine` in lance-index.ts, and the size from which it is used, were read off. */
async function curveOf({
  folder,
  tableName,
  queries: vectors,
  recallOf,
}: {
  folder: string
  tableName: string
  queries: Float32Array[]
  recallOf: (found: string[][]) => number
}): Promise<string[]> {
  const connection = await connect(folder)
  const table = await connection.openTable(tableName)
  if (!(await table.listIndices()).some(({ columns }) => columns.includes('vector')))
    await table.createIndex('vector', { config: Index.hnswSq({ numPartitions: 1, distanceType: 'cosine' }) })
  const lines: string[] = []
  const nearestTo = (query: Float32Array) => table.query().nearestTo(query).distanceType('cosine').limit(candidates).select(['id', '_distance'])
  const measure = async (name: string, search: (query: Float32Array) => ReturnType<typeof nearestTo>) => {
    const ms: number[] = []
    const found: string[][] = []
    for (const [position, query] of vectors.entries()) {
      const startedAt = performance.now()
      const rows = await search(query).toArray()
      if (position >= warmUp) ms.push(performance.now() - startedAt)
      found.push(rows.map(({ id }) => id as string))
    }
    lines.push(
      `${name.padEnd(22)} recall@10 ${recallOf(found).toFixed(3)}  p50 ${percentile(ms, 0.5).toFixed(1)} ms  p95 ${percentile(ms, 0.95).toFixed(1)} ms`,
    )
  }
  await measure('LanceDB, flat scan', (query) => nearestTo(query).bypassVectorIndex())
  for (const { ef, refine } of curve)
    await measure(`HNSW, ef ${ef}, refine ${refine}`, (query) =>
      refine === 1 ? nearestTo(query).ef(ef) : nearestTo(query).ef(ef).refineFactor(refine),
    )
  table.close()
  connection.close()
  return lines
}

function timed<Value>(work: () => Value): { value: Value; ms: number } {
  const startedAt = performance.now()
  const value = work()
  return { value, ms: performance.now() - startedAt }
}

const clustersOf = (rows: number) => Math.max(10, rows / 100)

const idOf = (row: number) => `chunk-${row}`

/** Normalised points around so many centres, at about the cosines that sections of one subject have. */
function clusteredVectors(rows: number): { stored: Float32Array; queries: Float32Array[] } {
  const random = seededRandom(7)
  const gaussian = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const centres = Array.from({ length: clustersOf(rows) }, () => normalised(Float32Array.from({ length: dimensions }, gaussian)))
  const near = () => {
    const centre = centres[Math.floor(random() * centres.length)]!
    return normalised(centre.map((value) => value + (0.8 / Math.sqrt(dimensions)) * gaussian()))
  }
  const stored = new Float32Array(rows * dimensions)
  for (let row = 0; row < rows; row++) stored.set(near(), row * dimensions)
  return { stored, queries: Array.from({ length: queries }, near) }
}

function normalised(vector: Float32Array): Float32Array {
  const norm = Math.hypot(...vector)
  return vector.map((value) => value / norm)
}

async function* batchesOf(stored: Float32Array): AsyncGenerator<IndexedChunk[]> {
  const rows = stored.length / dimensions
  const sentences = helpCenterSections().flatMap((section) => sentenceSpans(section).map(({ text }) => text))
  const random = seededRandom(3)
  const size = Math.min(rows, 5_000)
  for (let start = 0; start < rows; start += size) {
    yield Array.from({ length: size }, (_, index): IndexedChunk => {
      const row = start + index
      return {
        id: idOf(row),
        articleId: `article-${Math.floor(row / 5)}`,
        articleVersion: 1,
        kind: 'SECTION',
        content: Array.from({ length: 4 }, () => sentences[Math.floor(random() * sentences.length)]).join(' '),
        category: `Category ${row % 10}`,
        audience: row % 20 === 0 ? 'INTERNAL' : 'PUBLIC',
        locale: 'en',
        vector: stored.slice(row * dimensions, (row + 1) * dimensions),
        fineVectors,
      }
    })
  }
}

function nearest(stored: Float32Array, query: Float32Array): number[] {
  const rows = stored.length / dimensions
  const scores = new Float32Array(rows)
  for (let row = 0; row < rows; row++) {
    const offset = row * dimensions
    let score = 0
    for (let i = 0; i < dimensions; i++) score += query[i]! * stored[offset + i]!
    scores[row] = score
  }
  return Array.from(scores.keys())
    .sort((a, b) => scores[b]! - scores[a]!)
    .slice(0, 10)
}
