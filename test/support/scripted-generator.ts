import type { GenerationRequest, Generator, GeneratorError, GeneratorOutput } from '../../src/engines/generator.ts'
import type { Generators } from '../../src/engines/generators.ts'

export interface Script {
  /** Pieces of text; a number waits that many milliseconds, a function is awaited. */
  pieces: (string | number | (() => Promise<unknown>))[]
  failWith?: GeneratorError
  usage?: { promptTokens: number; completionTokens: number }
}

/** Stands in for a language model, and for nothing else. Remembers what it was asked and how each answer ended. */
export function scriptGenerator(
  script: Script | ((request: GenerationRequest) => Script),
  { fallback = null }: { fallback?: Generator | null } = {},
) {
  const requests: GenerationRequest[] = []
  const aborted: boolean[] = []
  const generator: Generator = {
    kind: 'OLLAMA',
    model: 'scripted',
    async *generate(request, { signal }): AsyncIterable<GeneratorOutput> {
      requests.push(request)
      const index = aborted.push(false) - 1
      const { pieces, failWith, usage } = typeof script === 'function' ? script(request) : script
      try {
        for (const piece of pieces) {
          signal.throwIfAborted()
          if (typeof piece === 'string') yield { type: 'text', text: piece }
          else if (typeof piece === 'function') await abortable(piece(), signal)
          else await abortable(new Promise((resolve) => setTimeout(resolve, piece)), signal)
        }
        if (failWith) throw failWith
        yield { type: 'end', usage: { promptTokens: usage?.promptTokens ?? null, completionTokens: usage?.completionTokens ?? null, cutOff: false } }
      } finally {
        aborted[index] = signal.aborted
      }
    },
    check: async () => ({ status: 'ready', detail: 'scripted' }),
  }
  const generators: Generators = {
    current: () => generator,
    fallback: () => fallback,
    state: () => ({ status: 'ready', detail: 'scripted', kind: 'OLLAMA', model: 'scripted', circuit: null }),
    onChange: () => () => {},
    refresh: async () => {},
    start: async () => {},
    close: () => {},
  }
  return { generators, requests, aborted }
}

function abortable(work: Promise<unknown>, signal: AbortSignal): Promise<unknown> {
  return Promise.race([work, new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))])
}
