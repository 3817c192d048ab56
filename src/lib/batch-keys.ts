import { batchValues } from './batch-values.ts'

/** Answers all keys that are asked for in one turn of the event loop with one call, which says which of them are in. */
export function batchKeys<Key>(find: (keys: Key[]) => Promise<Iterable<Key>>): (key: Key) => Promise<boolean> {
  const isIn = batchValues<Key, true>(async (keys) => new Map(Array.from(await find(keys), (key) => [key, true])))
  return async (key) => (await isIn(key)) ?? false
}
