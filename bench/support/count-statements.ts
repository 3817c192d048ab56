import { PGlite, type Transaction } from '@electric-sql/pglite'

type Query = PGlite['query']

/** Calls `onStatement` with each SQL statement that any PGlite of this process runs from now on, also within transactions, the job queue's own left out, until it is stopped. */
export function watchStatements(onStatement: (sql: string) => void): { stop(): void } {
  let owner: object = PGlite.prototype
  while (!Object.hasOwn(owner, 'query')) owner = Object.getPrototypeOf(owner)
  const { query, transaction } = owner as Pick<PGlite, 'query' | 'transaction'>
  const watched = (run: Query): Query =>
    function watching(this: unknown, sql: string, ...rest) {
      if (!/pgboss/.test(sql)) onStatement(sql)
      return run.call(this as never, sql, ...rest)
    } as Query
  Object.assign(owner, {
    query: watched(query),
    transaction(this: PGlite, work: (tx: Transaction) => Promise<unknown>) {
      return transaction.call(this, (tx) => work(Object.assign(tx, { query: watched(tx.query as Query) })))
    },
  })
  return { stop: () => void Object.assign(owner, { query, transaction }) }
}
