import { setImmediate, setTimeout } from 'node:timers/promises'
import { isGreeting } from '../lib/text/is-greeting.ts'
import { composeAnswer } from './compose-answer.ts'
import type { Embedder, EngineState } from './embedder.ts'
import type { GenerationRequest, Generator, GeneratorOutput } from './generator.ts'
import { preferredSentences } from './preferred-sentences.ts'
import { courtesyOf, questionParts } from './question-parts.ts'
import { rankPassages } from './rank-passages.ts'
import { readPassages } from './read-passages.ts'

const openers: Partial<Record<NonNullable<GenerationRequest['tone']>, string>> = {
  FRIENDLY: 'Thanks for getting in touch!',
  FORMAL: 'Thank you for contacting us.',
}
const notFound = "I couldn't find the answer to this in our help articles. A colleague will take a look and get back to you."
const handingOver = 'Thank you for your message. I am passing it on to a colleague, who will take over from here and get back to you.'

const courtesies = {
  greeting: 'Thank you for writing to us. How can we help you?',
  thanks: "You're welcome! If you need anything else, just reply here.",
  goodbye: 'Thank you, and take care! If you need anything else, just reply here.',
}
const wordsPerPiece = 4
/** Whoever watches wants to see it written, and not to wait for it. */
const longestWritingMs = 600
/** With more drafts at once others wait for their turn, and there are no pauses. */
const mostWithPauses = 3

/** Writes with the articles' own sentences: the best supported ones for the question, in the house voice, each with the mark of its source. */
export class ExtractiveGenerator implements Generator {
  readonly kind = 'EXTRACTIVE'
  readonly model = 'extractive'
  readonly #embedder: Embedder | null
  readonly #pauseMs: number
  #running = 0

  /** `pauseMs` is the time between two pieces of text; a long text has shorter pauses. */
  constructor({ embedder, pauseMs = 20 }: { embedder: Embedder | null; pauseMs?: number }) {
    this.#embedder = embedder
    this.#pauseMs = pauseMs
  }

  async *generate(request: GenerationRequest, { signal }: { signal: AbortSignal }): AsyncIterable<GeneratorOutput> {
    signal.throwIfAborted()
    const { greeting, signOff } = request.voice
    this.#running += 1
    try {
      // The greeting goes out before the sentences are weighed: whoever watches sees at once that something comes.
      if (greeting) yield { type: 'text', text: `${greeting}\n\n` }
      const body = await this.#body(request, signal)
      yield* inPieces(signOff ? `${body}\n\n${signOff}` : body, {
        pauseMs: () => (request.isWatched === false || this.#running > mostWithPauses ? 0 : this.#pauseMs),
        signal,
      })
      yield { type: 'end', usage: { promptTokens: null, completionTokens: null, cutOff: false } }
    } finally {
      this.#running -= 1
    }
  }

  async check(): Promise<EngineState> {
    return { status: 'ready', detail: 'the extractive engine, which quotes the articles' }
  }

  async #body(request: GenerationRequest, signal: AbortSignal): Promise<string> {
    const courtesy = request.handOver ? null : isGreeting(request.question) ? 'greeting' : courtesyOf(request.question)
    if (courtesy) return courtesies[courtesy]
    const answer = request.handOver ? handingOver : ((request.sufficient ? await this.#answer(request, signal) : null) ?? notFound)
    const opener = request.tone && !request.handOver ? openers[request.tone] : undefined
    return opener ? `${opener}${/^.*\n/.test(answer) ? '\n\n' : ' '}${answer}` : answer
  }

  async #answer({ question, context = null, sources, examples = [], tone }: GenerationRequest, signal: AbortSignal): Promise<string | null> {
    const passages = readPassages(sources.filter(({ internal }) => !internal))
    const parts = questionParts(question)
    const preferred = preferredSentences(examples)
    const { ranked, hasVectors } = await rankPassages(passages, { parts, context, preferred, embedder: this.#embedder, signal })
    return composeAnswer(ranked, { question, partCount: parts.length, tone, hasVectors })
  }
}

/** A few words at a time, with a pause before each piece but the first. A line ends a piece, and the signal ends a pause. */
async function* inPieces(text: string, { pauseMs, signal }: { pauseMs: () => number; signal: AbortSignal }): AsyncIterable<GeneratorOutput> {
  const pieces = text.split(/(?<=\n)(?!\n)/).flatMap((line) => line.match(new RegExp(`(?:\\s*\\S+){1,${wordsPerPiece}}\\s*`, 'g')) ?? [line])
  for (const [index, piece] of pieces.entries()) {
    const pause = Math.min(pauseMs(), longestWritingMs / pieces.length)
    // Without a pause, too, the event loop gets its turn, and the signal with it.
    if (index === 0 || pause === 0) await setImmediate()
    else await setTimeout(pause, undefined, { signal }).catch(() => {})
    signal.throwIfAborted()
    yield { type: 'text', text: piece }
  }
}
