import { Worker } from 'node:worker_threads'
import type { RetrievalFit, RetrievalLessons } from './fit-retrieval.ts'

type Message = { type: 'fold'; done: number; total: number } | { type: 'fit'; fit: RetrievalFit }

/** `fitRetrieval` in a thread of its own: seconds of arithmetic at a thousand questions. Aborting ends the thread. */
export function trainRetrieval(
  lessons: RetrievalLessons,
  { signal, onFold }: { signal: AbortSignal; onFold?: (done: number, total: number) => void },
): Promise<RetrievalFit> {
  signal.throwIfAborted()
  const worker = new Worker(new URL('./retrieval-worker.ts', import.meta.url), { workerData: lessons })
  return new Promise<RetrievalFit>((resolve, reject) => {
    const onAbort = () => {
      reject(signal.reason)
      void worker.terminate()
    }
    signal.addEventListener('abort', onAbort, { once: true })
    worker.on('message', (message: Message) => (message.type === 'fit' ? resolve(message.fit) : onFold?.(message.done, message.total)))
    worker.once('error', reject)
    worker.once('exit', (code) => {
      signal.removeEventListener('abort', onAbort)
      reject(new Error(`the thread that learns to retrieve ended with code ${code} before it had a result`))
    })
  })
}
