import { setTimeout as wait } from 'node:timers/promises'
import { type BulkheadPolicy, bulkhead, ExponentialBackoff, type IBackoff } from 'cockatiel'
import type { Logger } from '../lib/logger.ts'
import type { Metrics } from '../lib/metrics.ts'
import { type CircuitName, createCircuit, type Passage } from './circuit.ts'
import { type GenerationRequest, type Generator, GeneratorError, type GeneratorOutput } from './generator.ts'

export interface GuardSettings {
  /** Answers at once. */
  concurrency: number
  /** For the first word, all tries together. */
  firstTokenMs: number
  retries: number
  failuresToOpen: number
  openMs: number
}

export interface GuardedGenerator extends Generator {
  readonly concurrency: number
  circuit(): CircuitName
}

interface Observers {
  logger: Pick<Logger, 'info' | 'warn'>
  metrics: Pick<Metrics, 'generatorCircuit' | 'generatorAnswers' | 'generatorRetries'>
}

const circuitNumbers: Record<CircuitName, number> = { closed: 0, 'half-open': 1, open: 2 }
const backoff = new ExponentialBackoff({ initialDelay: 150, maxDelay: 2_000 })

/**
 * The same generator under stress: no more answers at once than it can give, another try as long as nothing was said, an end to waiting for the
 * first word, and none of that while it fails time after time.
 */
export function guardGenerator(generator: Generator, settings: GuardSettings, { logger, metrics }: Observers): GuardedGenerator {
  const { kind, model } = generator
  const { concurrency, failuresToOpen: failures, openMs } = settings
  const places = bulkhead(concurrency, Number.MAX_SAFE_INTEGER)
  const circuit = createCircuit({
    failures,
    openMs,
    model,
    onChange(state, reason) {
      metrics.generatorCircuit.set({ generator: kind }, circuitNumbers[state])
      const fields = { generator: kind, model, circuit: state }
      if (state === 'open')
        logger.warn({ ...fields, reason, openMs }, `${model} is not asked for now: it failed ${failures} times in a row, or in its trial`)
      else logger.info(fields, state === 'closed' ? `${model} answers again` : `${model} is tried again with one draft`)
    },
  })
  metrics.generatorCircuit.set({ generator: kind }, circuitNumbers.closed)

  function onRetry(error: GeneratorError, retry: number): void {
    metrics.generatorRetries.inc({ generator: kind })
    logger.info({ generator: kind, model, retry, reason: error.message }, 'the generator failed before its first word and is asked again')
  }

  return {
    kind,
    model,
    concurrency,
    check: (asked) => generator.check(asked),
    circuit: () => circuit.state(),
    async *generate(request, { signal }) {
      // Before the wait for a place as well as after it: nobody queues for an engine that is away.
      circuit.refuse()
      const leavePlace = await takePlace(places, signal)
      try {
        const passage = circuit.enter()
        metrics.generatorAnswers.inc({ generator: kind })
        try {
          yield* observed(asked(generator, request, { ...settings, signal, onRetry }), { passage, signal })
        } finally {
          metrics.generatorAnswers.dec({ generator: kind })
        }
      } finally {
        leavePlace()
      }
    },
  }
}

async function* observed(
  outputs: AsyncIterable<GeneratorOutput>,
  { passage, signal }: { passage: Passage; signal: AbortSignal },
): AsyncGenerator<GeneratorOutput> {
  let outcome: Parameters<Passage['leave']>[0] = null
  try {
    for await (const output of outputs) {
      if (output.type === 'text') passage.hasBegun()
      else outcome = { succeeded: true }
      yield output
    }
  } catch (error) {
    if (!signal.aborted) outcome = { error }
    throw error
  } finally {
    passage.leave(outcome)
  }
}

/** Asks, and asks again after a pause with jitter while nothing was said and the error may pass. */
async function* asked(
  generator: Generator,
  request: GenerationRequest,
  {
    signal,
    firstTokenMs,
    retries,
    onRetry,
  }: Pick<GuardSettings, 'firstTokenMs' | 'retries'> & { signal: AbortSignal; onRetry: (error: GeneratorError, retry: number) => void },
): AsyncGenerator<GeneratorOutput> {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(), firstTokenMs)
  const inTime = AbortSignal.any([signal, late.signal])
  let hasAnswered = false
  let pause: IBackoff<unknown> | undefined
  try {
    for (let retry = 1; ; retry++) {
      try {
        for await (const output of generator.generate(request, { signal: inTime })) {
          hasAnswered = true
          clearTimeout(timer)
          yield output
        }
        return
      } catch (error) {
        if (hasAnswered || inTime.aborted || retry > retries || !(error instanceof GeneratorError) || !error.retryable) throw error
        onRetry(error, retry)
        pause = pause ? pause.next(undefined) : backoff.next()
        await wait(pause.duration, undefined, { signal: inTime })
      }
    }
  } catch (error) {
    signal.throwIfAborted()
    if (hasAnswered || !late.signal.aborted) throw error
    throw new GeneratorError(`The model gave no answer within ${firstTokenMs} ms. Ask for a new draft, or raise FIRST_TOKEN_TIMEOUT_MS.`, {
      code: 'TIMEOUT',
      retryable: true,
      cause: error,
    })
  } finally {
    clearTimeout(timer)
  }
}

/** Waits for a place, as long as the signal lets it. Returns what gives the place back. */
async function takePlace(places: BulkheadPolicy, signal: AbortSignal): Promise<() => void> {
  signal.throwIfAborted()
  const taken = Promise.withResolvers<void>()
  const left = Promise.withResolvers<void>()
  const onAbort = () => taken.reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  // The library notices an abort only when a place comes free, and then does not run this.
  places
    .execute(() => {
      taken.resolve()
      return left.promise
    }, signal)
    .catch(taken.reject)
  try {
    await taken.promise
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
  return left.resolve
}
