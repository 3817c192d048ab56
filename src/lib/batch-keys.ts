/** Answers all keys that are asked for in one turn of the event loop with one call, which says which of them are in. */
export function batchKeys<Key>(find: (keys: Key[]) => Promise<Iterable<Key>>): (key: Key) => Promise<boolean> {
  let batch: { keys: Set<Key>; found: Promise<Set<Key>> } | null = null
  return async (key) => {
    batch ??= startBatch()
    batch.keys.add(key)
    return (await batch.found).has(key)
  }

  function startBatch() {
    const keys = new Set<Key>()
    const found = new Promise<void>((resolve) => setImmediate(resolve)).then(async () => {
      batch = null
      return new Set(await find([...keys]))
    })
    return { keys, found }
  }
}
