import { setTimeout as wait } from 'node:timers/promises'
import { loadHelpCenter } from '../eval/help-center.ts'
import type { Resources } from '../src/resources.ts'
import { retrieve } from '../src/services/retrieval/retrieve.ts'
import { openKnowledge } from '../test/support/open-knowledge.ts'
import type { Measurement } from './measurement.ts'
import { percentile } from './statistics.ts'
import { sampleQuestions, warmUpQuestions } from './support/questions.ts'
import { addSyntheticArticles } from './support/synthetic-articles.ts'

const pauseMs = 100
const chunks = 1_000

/** How much longer a search takes while articles are cut, embedded and written. */
export async function measureWhileIndexing(): Promise<Measurement> {
  const { resources, close } = await openKnowledge()
  try {
    await loadHelpCenter(resources)
    for (const query of warmUpQuestions()) await search(resources, query)
    const questions = sampleQuestions()
    const idle = await searchAll(resources, questions)
    const before = await resources.database.chunk.count()
    const startedAt = performance.now()
    let isIndexing = true
    const indexing = addSyntheticArticles(resources, { chunks }).finally(() => {
      isIndexing = false
    })
    const beside = await searchAll(
      resources,
      questions.map((question) => `${question} Please.`),
      () => isIndexing,
    )
    await indexing
    const seconds = (performance.now() - startedAt) / 1000
    return {
      title: 'Search while articles are indexed',
      conditions: `the help centre and a background job that adds up to ${chunks} chunks; a search every ${pauseMs} ms, each text new to the embedder`,
      reference: 'the same searches before the job began',
      rows: [
        { what: 'p50', unit: 'ms', measured: percentile(beside, 0.5), reference: percentile(idle, 0.5), target: null },
        {
          what: 'p95',
          unit: 'ms',
          measured: percentile(beside, 0.95),
          reference: percentile(idle, 0.95),
          target: { atMost: 2 * percentile(idle, 0.95) },
        },
      ],
      notes: [
        `${beside.length} searches beside it; ${(((await resources.database.chunk.count()) - before) / seconds).toFixed(0)} chunks a second, with all their sentences, in ${seconds.toFixed(0)} s`,
      ],
    }
  } finally {
    await close()
  }
}

const search = (resources: Resources, query: string) => retrieve(resources, { queries: [query], limit: 5 })

async function searchAll(resources: Resources, questions: string[], goesOn: () => boolean = () => true): Promise<number[]> {
  const tookMs: number[] = []
  for (const question of questions) {
    if (!goesOn()) break
    tookMs.push((await search(resources, question)).tookMs)
    await wait(pauseMs)
  }
  return tookMs
}
