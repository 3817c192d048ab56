import { startReplay } from '../test/support/slow-ollama.ts'
import type { Measurement } from './measurement.ts'
import { median } from './statistics.ts'
import type { BenchClient } from './support/client.ts'
import { type DraftEvent, draftEvents, draftReply } from './support/operations.ts'
import { sampleQuestions, warmUpQuestions } from './support/questions.ts'
import { withSeededServer } from './support/server-process.ts'
import { openAbout } from './support/write-drafts.ts'

const pieces = 60
const pauseMs = 20
const drafts = 15

interface Stream {
  firstMs: number
  /** Words a second, from the first to the last. */
  rate: number
}

export async function measureBesideOllama(): Promise<Measurement> {
  const ollama = await startReplay({ pieces, pauseMs })
  try {
    return await withSeededServer({ GENERATOR: 'ollama', OLLAMA_HOST: ollama.url, OLLAMA_MODEL: 'scripted' }, async ({ client }) => {
      for (const question of warmUpQuestions().slice(0, 5)) await throughServer(client, question)
      const ours: Stream[] = []
      const direct: Stream[] = []
      for (const question of sampleQuestions().slice(0, drafts)) {
        ours.push(await throughServer(client, question))
        direct.push(await asked(ollama.url, question))
      }
      const first = (streams: Stream[]) => median(streams.map(({ firstMs }) => firstMs))
      const rate = (streams: Stream[]) => median(streams.map((stream) => stream.rate))
      return {
        title: 'What a draft adds to Ollama',
        conditions: `a scripted Ollama with ${1000 / pauseMs} words a second; ${drafts} distinct questions, one at a time, from draftReply to the events of its subscription`,
        reference: 'the same Ollama asked directly with the question alone',
        rows: [
          { what: 'first text', unit: 'ms', measured: first(ours), reference: first(direct), target: null },
          { what: 'added to it, retrieval included', unit: 'ms', measured: first(ours) - first(direct), reference: null, target: { atMost: 60 } },
          { what: 'words', unit: 'per second', measured: rate(ours), reference: rate(direct), target: { atLeastShareOfReference: 0.98 } },
        ],
      }
    })
  } finally {
    await ollama.close()
  }
}

const countWords = (text: string) => text.match(/word \d+/g)?.length ?? 0

/** Between the first and the last piece there is one pause less than pieces; the first may hold more than one. */
function streamOf(startedAt: number, arrivals: { at: number; words: number }[]): Stream {
  const [first] = arrivals
  const last = arrivals.at(-1)
  if (!first || !last) throw new Error('There was no text.')
  const words = arrivals.reduce((sum, arrival) => sum + arrival.words, 0) - first.words
  return { firstMs: first.at - startedAt, rate: (1000 * words) / (last.at - first.at) }
}

async function throughServer(client: BenchClient, question: string): Promise<Stream> {
  const conversationId = await openAbout(client, question)
  const startedAt = performance.now()
  const { id: draftId } = await client.run<{ id: string }>(draftReply, { input: { conversationId } })
  const arrivals: { at: number; words: number }[] = []
  for await (const event of client.follow<DraftEvent>(draftEvents, { draftId })) {
    if (event.__typename === 'DraftDelta') arrivals.push({ at: performance.now(), words: countWords(event.text!) })
  }
  return streamOf(startedAt, arrivals)
}

async function asked(url: string, question: string): Promise<Stream> {
  const startedAt = performance.now()
  const response = await fetch(`${url}/api/chat`, {
    method: 'POST',
    body: JSON.stringify({ model: 'scripted', stream: true, messages: [{ role: 'user', content: question }] }),
  })
  const arrivals: { at: number; words: number }[] = []
  const decoder = new TextDecoder()
  for await (const bytes of response.body!) {
    const words = countWords(decoder.decode(bytes, { stream: true }))
    if (words > 0) arrivals.push({ at: performance.now(), words })
  }
  return streamOf(startedAt, arrivals)
}
