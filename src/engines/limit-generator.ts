import type { Logger } from '../lib/logger.ts'
import { type GenerationRequest, type Generator, GeneratorError, type GeneratorOutput, type GeneratorUsage } from './generator.ts'

interface Limits {
  /** How long it may pause after its first word; how long it may take for that is `guardGenerator`'s to say. */
  idleMs: number
  maximumCharacters?: number
  logger: Pick<Logger, 'warn'>
}

/** No reply to a customer is as long; a model that does not find an end is. */
const longestAnswer = 20_000
/** Counts are stored in 32 bits. */
const highestCount = 2_147_483_647

/** The same generator, held to an end: whatever its server sends, or does not send, an answer ends, and its counts are counts. */
export function limitGenerator(generator: Generator, limits: Limits): Generator {
  return {
    kind: generator.kind,
    model: generator.model,
    generate: (request, { signal }) => limited(generator, request, { signal, maximumCharacters: longestAnswer, ...limits }),
    check: (model) => generator.check(model),
  }
}

async function* limited(
  generator: Generator,
  request: GenerationRequest,
  { signal, idleMs, maximumCharacters, logger }: Required<Limits> & { signal: AbortSignal },
): AsyncGenerator<GeneratorOutput> {
  const idle = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let left = maximumCharacters
  try {
    for await (const output of generator.generate(request, { signal: AbortSignal.any([signal, idle.signal]) })) {
      clearTimeout(timer)
      if (output.type === 'end') {
        yield { type: 'end', usage: checked(output.usage) }
        return
      }
      if (output.text.length > left) {
        logger.warn({ generator: generator.kind, model: generator.model }, `an answer was ended after ${maximumCharacters} characters`)
        yield { type: 'text', text: output.text.slice(0, left).toWellFormed() }
        yield { type: 'end', usage: { promptTokens: null, completionTokens: null, cutOff: true } }
        return
      }
      left -= output.text.length
      yield output
      // Only now: while the reader was busy, nobody waited for the model.
      timer = setTimeout(() => idle.abort(), idleMs)
    }
  } catch (error) {
    if (!idle.signal.aborted || signal.aborted) throw error
    throw new GeneratorError(
      `The model paused for more than ${idleMs} ms in the middle of its answer. Ask for a new draft, or raise IDLE_TOKEN_TIMEOUT_MS.`,
      { code: 'TIMEOUT', retryable: true, cause: error },
    )
  } finally {
    clearTimeout(timer)
  }
}

const checked = ({ promptTokens, completionTokens, cutOff }: GeneratorUsage): GeneratorUsage => ({
  promptTokens: countOrNull(promptTokens),
  completionTokens: countOrNull(completionTokens),
  cutOff,
})

const countOrNull = (value: unknown) =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= highestCount ? (value as number) : null
