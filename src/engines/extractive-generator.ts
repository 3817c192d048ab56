import { setImmediate } from 'node:timers/promises'
import { composeAnswer } from './compose-answer.ts'
import type { Embedder, EngineState } from './embedder.ts'
import type { GenerationRequest, Generator, GeneratorOutput } from './generator.ts'
import { questionParts } from './question-parts.ts'
import { rankPassages } from './rank-passages.ts'
import { readPassages } from './read-passages.ts'

const openers: Partial<Record<NonNullable<GenerationRequest['tone']>, string>> = {
  FRIENDLY: 'Thanks for getting in touch!',
  FORMAL: 'Thank you for contacting us.',
}
const notFound = "I couldn't find the answer to this in our help articles. A colleague will take a look and get back to you."
const handingOver = 'Thank you for your message. I am passing it on to a colleague, who will take over from here and get back to you.'

/** Writes with the articles' own sentences: the best supported ones for the question, in the house voice, each with the mark of its source. */
export class ExtractiveGenerator implements Generator {
  readonly kind = 'EXTRACTIVE'
  readonly model = 'extractive'
  readonly #embedder: Embedder | null

  constructor({ embedder }: { embedder: Embedder | null }) {
    this.#embedder = embedder
  }

  async *generate(request: GenerationRequest, { signal }: { signal: AbortSignal }): AsyncIterable<GeneratorOutput> {
    signal.throwIfAborted()
    const { greeting, signOff } = request.voice
    // The greeting goes out before the sentences are weighed: whoever watches sees at once that something comes.
    if (greeting) yield { type: 'text', text: `${greeting}\n\n` }
    const body = await this.#body(request, signal)
    yield* inPieces(signOff ? `${body}\n\n${signOff}` : body, signal)
    yield { type: 'end', usage: { promptTokens: null, completionTokens: null, cutOff: false } }
  }

  async check(): Promise<EngineState> {
    return { status: 'ready', detail: 'the extractive engine, which quotes the articles' }
  }

  async #body(request: GenerationRequest, signal: AbortSignal): Promise<string> {
    const answer = request.handOver ? handingOver : ((request.sufficient ? await this.#answer(request, signal) : null) ?? notFound)
    const opener = request.tone && !request.handOver ? openers[request.tone] : undefined
    return opener ? `${opener}${/^.*\n/.test(answer) ? '\n\n' : ' '}${answer}` : answer
  }

  async #answer({ question, sources, tone }: GenerationRequest, signal: AbortSignal): Promise<string | null> {
    const passages = readPassages(sources.filter(({ internal }) => !internal))
    const parts = questionParts(question)
    const { ranked, hasVectors } = await rankPassages(passages, { parts, embedder: this.#embedder, signal })
    return composeAnswer(ranked, { question, partCount: parts.length, tone, hasVectors })
  }
}

/** Word by word. Every few words the event loop gets its turn, and the signal with it. */
async function* inPieces(text: string, signal: AbortSignal): AsyncIterable<GeneratorOutput> {
  for (const [index, piece] of (text.match(/\s*\S+/g) ?? []).entries()) {
    if (index % 8 === 0) {
      await setImmediate()
      signal.throwIfAborted()
    }
    yield { type: 'text', text: piece }
  }
}
