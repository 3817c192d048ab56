import type { Context } from '../context.ts'
import { batchValues } from '../lib/batch-values.ts'

/** For a field that a list’s objects would ask for one by one: one call answers all of a request that ask in the same turn of the event loop. */
export function batchInRequest<Key, Value>(
  find: (context: Context, keys: Key[]) => Promise<Map<Key, Value>>,
): (context: Context, key: Key) => Promise<Value | undefined> {
  const batches = new WeakMap<Context, (key: Key) => Promise<Value | undefined>>()
  return (context, key) => {
    let ask = batches.get(context)
    if (!ask) {
      ask = batchValues((keys) => find(context, keys))
      batches.set(context, ask)
    }
    return ask(key)
  }
}
