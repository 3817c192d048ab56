import { loadHelpCenter } from '../eval/help-center.ts'
import { floatsFromBytes } from '../src/lib/float-bytes.ts'
import type { Resources } from '../src/resources.ts'
import { retrieve } from '../src/services/retrieval/retrieve.ts'
import { openKnowledge } from '../test/support/open-knowledge.ts'
import type { Measurement } from './measurement.ts'
import { percentile } from './statistics.ts'
import type { BareEmbedder } from './support/bare-embedder.ts'
import { startChild } from './support/child.ts'
import { sampleQuestions, warmUpQuestions } from './support/questions.ts'
import { addSyntheticArticles } from './support/synthetic-articles.ts'

const chunks = 1_000
/** Both get the same questions in turns of so many, so that a slow moment of the machine meets both. */
const turn = 10

export async function measureRetrieve(): Promise<Measurement> {
  const { resources, close } = await openKnowledge()
  const bare = startChild<BareEmbedder>('./bare-embedder.ts')
  try {
    await loadHelpCenter(resources)
    const count = await addSyntheticArticles(resources, { chunks })
    await resources.vectors.index(await resources.generations.live()).optimize()
    await bare.ask('load', await storedVectors(resources))
    const ours = (query: string) => retrieve(resources, { queries: [query], limit: 5, filter: { audience: 'PUBLIC', locale: 'en' } })
    for (const query of warmUpQuestions()) {
      await ours(query)
      await bare.ask('search', query)
    }
    const questions = sampleQuestions()
    const measured: number[] = []
    const reference: number[] = []
    for (let start = 0; start < questions.length; start += turn) {
      const some = questions.slice(start, start + turn)
      for (const query of some) measured.push((await ours(query)).tookMs)
      for (const query of some) reference.push(await bare.ask('search', query))
    }
    const embedMs: number[] = []
    for (const query of questions.map((question) => `${question} Please.`)) {
      const startedAt = performance.now()
      await resources.embedder!.embed([query])
      embedMs.push(performance.now() - startedAt)
    }
    return {
      title: `Retrieve: one query among ${count} chunks`,
      conditions: `embed, vector and keyword search, filter by audience and locale, 5 articles from the database; ${questions.length} distinct questions, none seen before, one at a time`,
      reference:
        'the plain stack in a process of its own: transformers.js pipeline (q8), then the cosine with each of the same vectors in a loop, and a sort; no filter, no keywords, no rows',
      rows: [
        { what: 'p50', unit: 'ms', measured: percentile(measured, 0.5), reference: percentile(reference, 0.5), target: { atMost: 12 } },
        { what: 'p95', unit: 'ms', measured: percentile(measured, 0.95), reference: percentile(reference, 0.95), target: { atMost: 25 } },
      ],
      notes: [
        `of it, embedding alone (other texts, as long): p50 ${percentile(embedMs, 0.5).toFixed(1)} ms, p95 ${percentile(embedMs, 0.95).toFixed(1)} ms`,
      ],
    }
  } finally {
    await bare.stop()
    await close()
  }
}

async function storedVectors({ database, embedder }: Resources): Promise<{ vectors: Float32Array; dimensions: number }> {
  const rows = await database.chunk.findMany({ select: { embedding: true } })
  const dimensions = embedder!.dimensions!
  const vectors = new Float32Array(rows.length * dimensions)
  for (const [index, { embedding }] of rows.entries()) vectors.set(floatsFromBytes(embedding!), index * dimensions)
  return { vectors, dimensions }
}
