import { createHash } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import type { FittedHead } from './intent-head.ts'
import type { IntentHead, IntentHeadExample } from './intent-router.ts'

/**
 * Trains a head in a thread of its own, so that the event loop stays free: seconds of arithmetic at thousands of examples. Returns null with
 * fewer than two intents, where there is nothing to tell apart.
 */
export async function trainIntentHead({
  model,
  examples,
  signal,
}: {
  model: string
  examples: (IntentHeadExample & { vector: Float32Array })[]
  signal?: AbortSignal
}): Promise<IntentHead | null> {
  const intents = [...new Set(examples.map(({ intent }) => intent))].sort()
  if (intents.length < 2) return null
  const dimensions = examples[0]!.vector.length
  const vectors = new Float32Array(examples.length * dimensions)
  examples.forEach(({ vector }, index) => vectors.set(vector, index * dimensions))
  const numbers = new Map(intents.map((intent, index) => [intent, index]))
  const labels = Int32Array.from(examples, ({ intent }) => numbers.get(intent)!)

  const fitted = await runWorker({ vectors, dimensions, labels, intents: intents.length }, signal)
  return {
    ...fitted,
    version: headVersion(model, examples),
    model,
    intents,
    dimensions,
    vectors,
    examples: examples.map(({ id, text, intent }) => ({ id, text, intent })),
  }
}

/** Names a head by what it is trained on, so that replicas agree and nobody trains the same head twice. */
export function headVersion(model: string, examples: Pick<IntentHeadExample, 'intent' | 'text'>[]): string {
  return createHash('sha256')
    .update(JSON.stringify([model, examples.map(({ intent, text }) => [intent, text])]))
    .digest('hex')
    .slice(0, 12)
}

function runWorker(workerData: object, signal: AbortSignal | undefined): Promise<FittedHead> {
  signal?.throwIfAborted()
  const worker = new Worker(new URL('./router-worker.ts', import.meta.url), { workerData })
  return new Promise<FittedHead>((resolve, reject) => {
    const onAbort = () => {
      reject(signal!.reason)
      void worker.terminate()
    }
    signal?.addEventListener('abort', onAbort, { once: true })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => {
      signal?.removeEventListener('abort', onAbort)
      reject(new Error(`the router's training thread ended with code ${code} before it had a result`))
    })
  })
}
