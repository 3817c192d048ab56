import { startReplay } from '../test/support/slow-ollama.ts'
import type { Measurement } from './measurement.ts'
import { median } from './statistics.ts'
import type { BenchClient } from './support/client.ts'
import { startOllamaTap } from './support/ollama-tap.ts'
import { type DraftEvent, draftEvents, draftReply } from './support/operations.ts'
import { sampleQuestions, warmUpQuestions } from './support/questions.ts'
import { withSeededServer } from './support/server-process.ts'
import { type Arrival, type TextStream, textStream } from './support/text-stream.ts'
import { openAbout } from './support/write-drafts.ts'

const pieces = 60
const pauseMs = 20
const drafts = 15
const realDrafts = 5

/** The scripted Ollama answers at a fixed rate, so that what is ours shows. */
export async function measureBesideOllama(): Promise<Measurement> {
  const ollama = await startReplay({ pieces, pauseMs })
  try {
    return await withSeededServer({ GENERATOR: 'ollama', OLLAMA_HOST: ollama.url, OLLAMA_MODEL: 'scripted' }, async ({ client }) => {
      for (const question of warmUpQuestions().slice(0, 5)) await throughServer(client, question, countWords)
      const ours: TextStream[] = []
      const direct: TextStream[] = []
      for (const question of sampleQuestions().slice(0, drafts)) {
        ours.push(await throughServer(client, question, countWords))
        direct.push(await asked(ollama.url, question))
      }
      return {
        title: 'What a draft adds to Ollama',
        conditions: `a scripted Ollama with ${1000 / pauseMs} words a second; ${drafts} distinct questions, one at a time, from draftReply to the events of its subscription`,
        reference: 'the same Ollama asked directly with the question alone',
        rows: rowsOf(ours, direct, 'words'),
      }
    })
  } finally {
    await ollama.close()
  }
}

/** The same with the Ollama that OLLAMA_HOST and OLLAMA_MODEL name; null when there is none. */
export async function measureBesideRealOllama(): Promise<Measurement | null> {
  const { OLLAMA_HOST: host, OLLAMA_MODEL: model = 'llama3.2' } = process.env
  if (!host || !(await fetch(`${host}/api/version`, { signal: AbortSignal.timeout(2_000) }).catch(() => null))?.ok) return null
  const tap = await startOllamaTap(host)
  try {
    return await withSeededServer({ GENERATOR: 'ollama', OLLAMA_HOST: tap.url, OLLAMA_MODEL: model }, async ({ client }) => {
      await throughServer(client, warmUpQuestions()[0]!, countCharacters)
      const ours: TextStream[] = []
      const direct: TextStream[] = []
      for (const question of sampleQuestions().slice(0, realDrafts)) {
        ours.push(await throughServer(client, question, countCharacters))
        const { askedAt, arrivals } = tap.chats.at(-1)!
        direct.push(textStream(askedAt, arrivals))
      }
      return {
        title: `What a draft adds to ${model} on the Ollama of OLLAMA_HOST`,
        conditions: `${realDrafts} distinct questions, one at a time, from draftReply to the events of its subscription`,
        reference: 'the same answers as they left Ollama, taken down between it and the server',
        rows: rowsOf(ours, direct, 'characters'),
      }
    })
  } finally {
    await tap.close()
  }
}

function rowsOf(ours: TextStream[], direct: TextStream[], what: string): Measurement['rows'] {
  const first = (streams: TextStream[]) => median(streams.map(({ firstMs }) => firstMs))
  const rate = (streams: TextStream[]) => median(streams.map((stream) => stream.rate))
  const added = median(ours.map(({ firstMs }, index) => firstMs - direct[index]!.firstMs))
  return [
    { what: 'first text', unit: 'ms', measured: first(ours), reference: first(direct), target: null },
    { what: 'added to it, retrieval included', unit: 'ms', measured: added, reference: null, target: { atMost: 60 } },
    { what, unit: 'per second', measured: rate(ours), reference: rate(direct), target: { atLeastShareOfReference: 0.98 } },
  ]
}

const countWords = (text: string) => text.match(/word \d+/g)?.length ?? 0
const countCharacters = (text: string) => text.length

async function throughServer(client: BenchClient, question: string, sizeOf: (text: string) => number): Promise<TextStream> {
  const conversationId = await openAbout(client, question)
  const startedAt = performance.now()
  const { id: draftId } = await client.run<{ id: string }>(draftReply, { input: { conversationId } })
  const arrivals: Arrival[] = []
  for await (const event of client.follow<DraftEvent>(draftEvents, { draftId })) {
    if (event.__typename === 'DraftDelta') arrivals.push({ at: performance.now(), size: sizeOf(event.text!) })
  }
  return textStream(startedAt, arrivals)
}

async function asked(url: string, question: string): Promise<TextStream> {
  const startedAt = performance.now()
  const response = await fetch(`${url}/api/chat`, {
    method: 'POST',
    body: JSON.stringify({ model: 'scripted', stream: true, messages: [{ role: 'user', content: question }] }),
  })
  const arrivals: Arrival[] = []
  const decoder = new TextDecoder()
  for await (const bytes of response.body!) {
    const size = countWords(decoder.decode(bytes, { stream: true }))
    if (size > 0) arrivals.push({ at: performance.now(), size })
  }
  return textStream(startedAt, arrivals)
}
