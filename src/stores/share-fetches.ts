import type { Db } from 'pg-boss'

type Answer = Awaited<ReturnType<Db['executeSql']>>

const isFetch = (sql: string) => /^\s*WITH\s+next AS/.test(sql)

/**
 * One new job wakes every slot of its queue, and each asks for it: of eight slots seven would be told that there is none, before the eighth has begun. So
 * they ask one after another, and "none" answers all who had asked before the database was.
 */
export function shareFetches(connection: Db): Db {
  const queues = new Map<string, PromiseWithResolvers<Answer>[]>()

  function fetch(sql: string, values?: unknown[]): Promise<Answer> {
    const key = JSON.stringify([sql, values])
    const asker = Promise.withResolvers<Answer>()
    const waiting = queues.get(key)
    if (waiting) waiting.push(asker)
    else {
      const askers = [asker]
      queues.set(key, askers)
      void answerAll(askers, () => connection.executeSql(sql, values)).finally(() => queues.delete(key))
    }
    return asker.promise
  }

  return { ...connection, executeSql: (sql, values) => (isFetch(sql) ? fetch(sql, values) : connection.executeSql(sql, values)) }
}

async function answerAll(askers: PromiseWithResolvers<Answer>[], ask: () => Promise<Answer>): Promise<void> {
  while (askers.length > 0) {
    const first = askers.shift()!
    // Who asks from now on may have been woken by a job that this look does not see.
    const others = askers.length
    try {
      const answer = await ask()
      first.resolve(answer)
      if (answer.rows.length === 0) for (const other of askers.splice(0, others)) other.resolve({ rows: [] })
    } catch (error) {
      first.reject(error)
    }
  }
}
