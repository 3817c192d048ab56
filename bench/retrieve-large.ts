import { createLogger } from '../src/lib/logger.ts'
import { sentenceSpans } from '../src/lib/text/sentence-spans.ts'
import { openLanceVectors } from '../src/stores/lance-vectors.ts'
import type { IndexedChunk } from '../src/stores/vectors.ts'
import type { Measurement } from './measurement.ts'
import { percentile, seededRandom } from './statistics.ts'
import { removeFolder, temporaryFolder } from './support/leave-nothing.ts'
import { sampleQuestions } from './support/questions.ts'
import { helpCenterSections } from './support/synthetic-articles.ts'

const rows = 100_000
const dimensions = 384
const clusters = 1_000
const queries = 200
/** As many as `retrieve` asks for. */
const candidates = 60

export async function measureRetrieveLarge(): Promise<Measurement> {
  const folder = temporaryFolder()
  const store = await openLanceVectors({ uri: folder, dimensions, logger: createLogger({ level: 'silent', isTerminal: false }) })
  try {
    const data = clusteredVectors()
    const startedAt = performance.now()
    await store.rebuild(batchesOf(data.stored))
    const ingestMs = performance.now() - startedAt
    await store.optimize()
    const optimizeMs = performance.now() - startedAt - ingestMs

    const texts = sampleQuestions()
    const tookMs: number[] = []
    const filteredMs: number[] = []
    const exactMs: number[] = []
    let found = 0
    for (const [index, query] of data.queries.entries()) {
      const text = texts[index % texts.length]!
      const search = async (options: Parameters<typeof store.vectorSearch>[1]) => {
        const searchedAt = performance.now()
        const [vector] = await Promise.all([store.vectorSearch(query, options), store.keywordSearch(text, options)])
        return { vector, ms: performance.now() - searchedAt }
      }
      const { vector, ms } = await search({ limit: candidates })
      const filtered = await search({ limit: candidates, filter: { audience: 'PUBLIC', category: 'Category 3' } })
      const exactAt = performance.now()
      const exact = nearest(data.stored, query)
      // The first ones warm up.
      if (index >= 20) {
        tookMs.push(ms)
        filteredMs.push(filtered.ms)
        exactMs.push(performance.now() - exactAt)
      }
      const ids = new Set(vector.slice(0, 10).map(({ id }) => id))
      found += exact.filter((row) => ids.has(idOf(row))).length
    }
    return {
      title: `Search the store: one query among ${rows.toLocaleString('en')} chunks`,
      conditions: `vector and keyword search at once, ${candidates} hits each, as retrieve asks; ${clusters} clusters of synthetic vectors, ${queries} queries, one at a time`,
      reference: 'exact: the cosine with each vector in a loop, in this process, and a sort',
      rows: [
        { what: 'p50', unit: 'ms', measured: percentile(tookMs, 0.5), reference: percentile(exactMs, 0.5), target: null },
        { what: 'p95', unit: 'ms', measured: percentile(tookMs, 0.95), reference: percentile(exactMs, 0.95), target: { atMost: 30 } },
        { what: 'p95 with a filter', unit: 'ms', measured: percentile(filteredMs, 0.95), reference: null, target: { atMost: 30 } },
        { what: 'recall@10', unit: 'share', measured: found / (queries * 10), reference: 1, target: { atLeast: 0.98 } },
      ],
      notes: [`written in ${(ingestMs / 1000).toFixed(1)} s, indexed in ${(optimizeMs / 1000).toFixed(1)} s`],
    }
  } finally {
    await store.close()
    removeFolder(folder)
  }
}

const idOf = (row: number) => `chunk-${row}`

/** Normalised points around so many centres, at about the cosines that sections of one subject have. */
function clusteredVectors(): { stored: Float32Array; queries: Float32Array[] } {
  const random = seededRandom(7)
  const gaussian = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const centres = Array.from({ length: clusters }, () => normalised(Float32Array.from({ length: dimensions }, gaussian)))
  const near = () => {
    const centre = centres[Math.floor(random() * clusters)]!
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
  const sentences = helpCenterSections().flatMap((section) => sentenceSpans(section).map(({ text }) => text))
  const random = seededRandom(3)
  const size = 5_000
  for (let start = 0; start < rows; start += size) {
    yield Array.from({ length: size }, (_, index): IndexedChunk => {
      const row = start + index
      return {
        id: idOf(row),
        articleId: `article-${Math.floor(row / 5)}`,
        articleVersion: 1,
        content: Array.from({ length: 4 }, () => sentences[Math.floor(random() * sentences.length)]).join(' '),
        category: `Category ${row % 10}`,
        audience: row % 20 === 0 ? 'INTERNAL' : 'PUBLIC',
        locale: 'en',
        vector: stored.slice(row * dimensions, (row + 1) * dimensions),
      }
    })
  }
}

function nearest(stored: Float32Array, query: Float32Array): number[] {
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
