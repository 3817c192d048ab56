/** Answers all keys that are asked for in one turn of the event loop with one call. */
export function batchValues<Key, Value>(find: (keys: Key[]) => Promise<Map<Key, Value>>): (key: Key) => Promise<Value | undefined> {
  let batch: { keys: Set<Key>; found: Promise<Map<Key, Value>> } | null = null
  return async (key) => {
    batch ??= startBatch()
    batch.keys.add(key)
    return (await batch.found).get(key)
  }

  function startBatch() {
    const keys = new Set<Key>()
    const found = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      batch = null
      return find([...keys])
    })
    return { keys, found }
  }
}
