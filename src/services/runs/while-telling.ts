/**
 * Does something long that tells of its progress without waiting for it. What is told is written one after the other; when a write fails, as it does
 * once somebody has cancelled the run, the work is aborted and that error thrown. Ends when all is written.
 */
export async function whileTelling<Result>(
  signal: AbortSignal,
  work: (options: { signal: AbortSignal; tell: (write: () => Promise<unknown>) => void }) => Promise<Result>,
): Promise<Result> {
  const stopped = new AbortController()
  let telling: Promise<unknown> = Promise.resolve()
  const tell = (write: () => Promise<unknown>) => {
    telling = telling.then(write).catch((error: unknown) => stopped.abort(error))
  }
  try {
    return await work({ signal: AbortSignal.any([signal, stopped.signal]), tell })
  } finally {
    await telling
    stopped.signal.throwIfAborted()
  }
}
