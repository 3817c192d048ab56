import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel'
import { GeneratorError } from './generator.ts'

/** closed: answers are asked for; open: none is; half-open: one is under way that decides. */
export type CircuitName = 'closed' | 'half-open' | 'open'

export interface Circuit {
  state(): CircuitName
  /** Throws at once while no answer may be asked for. */
  refuse(): void
  /** Throws as `refuse` does. Whoever is let in must leave. */
  enter(): Passage
}

/** One answer's way through the circuit. */
export interface Passage {
  /** The first word is there: of a trial, that is enough. */
  hasBegun(): void
  /** However it went; without having succeeded or failed when it was stopped from outside. */
  leave(outcome: { succeeded: true } | { error: unknown } | null): void
}

const names: Record<CircuitState, CircuitName> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Open]: 'open',
  [CircuitState.Isolated]: 'open',
}

class StoppedError extends Error {}
class StoppedTrialError extends Error {}

// Errors that no waiting mends, a missing model or a refused key, come at once and say what to do: they need no circuit.
const isFault = (error: unknown) => error instanceof StoppedTrialError || (error instanceof GeneratorError && error.retryable)

/** After so many failures in a row nothing is asked for `openMs`; then one answer is, and its first word closes the circuit again. */
export function createCircuit({
  failures,
  openMs,
  model,
  onChange,
}: {
  failures: number
  openMs: number
  model: string
  onChange: (state: CircuitName, lastError: string | null) => void
}): Circuit {
  let openedAt = Number.NEGATIVE_INFINITY
  const policy = circuitBreaker(handleWhen(isFault), { halfOpenAfter: openMs, breaker: new ConsecutiveBreaker(failures) })
  const lastError = () => (policy.lastFailure && 'error' in policy.lastFailure ? (policy.lastFailure.error as Error).message : null)
  policy.onStateChange((state) => {
    if (state === CircuitState.Open) openedAt = Date.now()
    onChange(names[state], lastError())
  })
  const refusal = () =>
    new GeneratorError(
      `${model} failed ${failures} times in a row and is left alone for ${openMs / 1000} s. Ask for a new draft after that, or write the reply yourself.`,
      { retryable: true },
    )

  function refuse(): void {
    // The library lets whoever comes during a trial wait for its end; a draft has somewhere else to go.
    if (policy.state === CircuitState.HalfOpen || (policy.state === CircuitState.Open && Date.now() - openedAt < openMs)) throw refusal()
  }

  return {
    state: () => names[policy.state],
    refuse,
    enter() {
      refuse()
      const left = Promise.withResolvers<void>()
      let hasEntered = false
      // It runs functions and an answer is a stream, so its function lasts as long as the answer. It is called before `execute` returns, or never.
      policy
        .execute(() => {
          hasEntered = true
          return left.promise
        })
        .catch(() => {})
      if (!hasEntered) throw refusal()
      const isTrial = (policy.state as CircuitState) === CircuitState.HalfOpen
      return {
        hasBegun() {
          if (isTrial) left.resolve()
        },
        leave(outcome) {
          if (outcome && 'succeeded' in outcome) left.resolve()
          else if (outcome) left.reject(outcome.error)
          // A trial that was stopped has shown nothing: the next one comes after the same time.
          else left.reject(isTrial ? new StoppedTrialError('The trial was stopped.') : new StoppedError())
        },
      }
    },
  }
}
