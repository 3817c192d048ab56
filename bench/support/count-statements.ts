import { PGlite } from '@electric-sql/pglite'

/** Calls `onStatement` with each SQL statement that any PGlite of this process runs from now on, the job queue's own left out, until it is stopped. */
export function watchStatements(onStatement: (sql: string) => void): { stop(): void } {
  let owner: object = PGlite.prototype
  while (!Object.hasOwn(owner, 'query')) owner = Object.getPrototypeOf(owner)
  const { query } = owner as Pick<PGlite, 'query'>
  Object.assign(owner, {
    query(this: PGlite, sql: string, ...rest: unknown[]) {
      if (!/pgboss/.test(sql)) onStatement(sql)
      return (query as (...all: unknown[]) => unknown).call(this, sql, ...rest)
    },
  })
  return { stop: () => void Object.assign(owner, { query }) }
}
