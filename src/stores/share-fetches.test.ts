import { PGlite } from '@electric-sql/pglite'
import { type Db, fromPglite, PgBoss } from 'pg-boss'
import { expect, it } from 'vitest'
import { shareFetches } from './share-fetches.ts'

const fetch = '\n  WITH\n  next AS (SELECT …)'

/** A database that answers when it is told to. */
function slowDatabase() {
  const asked: PromiseWithResolvers<{ rows: unknown[] }>[] = []
  const connection = shareFetches({
    executeSql() {
      asked.push(Promise.withResolvers())
      return asked.at(-1)!.promise
    },
  })
  return { asked, connection }
}

it('gives each job to one who asked, and "none" to all others at once', async () => {
  const { asked, connection } = slowDatabase()
  const answers = Array.from({ length: 5 }, () => connection.executeSql(fetch))
  asked[0]!.resolve({ rows: ['first'] })
  await answers[0]
  asked[1]!.resolve({ rows: ['second'] })
  await answers[1]
  asked[2]!.resolve({ rows: [] })
  expect((await Promise.all(answers)).map(({ rows }) => rows)).toEqual([['first'], ['second'], [], [], []])
  expect(asked).toHaveLength(3)
})

it('asks anew for whoever asks while the database looks', async () => {
  const { asked, connection } = slowDatabase()
  const early = connection.executeSql(fetch)
  const late = connection.executeSql(fetch)
  asked[0]!.resolve({ rows: ['a job'] })
  await early
  const latest = connection.executeSql(fetch)
  asked[1]!.resolve({ rows: [] })
  expect((await late).rows).toEqual([])
  await Promise.resolve()
  expect(asked).toHaveLength(3)
  asked[2]!.resolve({ rows: ['a newer job'] })
  expect((await latest).rows).toEqual(['a newer job'])
})

it('tells a failure only to the one it happened to', async () => {
  const { asked, connection } = slowDatabase()
  const [first, second] = [connection.executeSql(fetch), connection.executeSql(fetch)]
  asked[0]!.reject(new Error('away'))
  await expect(first).rejects.toThrow('away')
  asked[1]!.resolve({ rows: [] })
  expect((await second).rows).toEqual([])
})

it('leaves other statements and other queues alone', async () => {
  const { asked, connection } = slowDatabase()
  for (const sql of ['SELECT 1', 'SELECT 1', fetch, `${fetch} of another queue`]) void connection.executeSql(sql)
  expect(asked).toHaveLength(4)
})

// A fetch is known by its text, and another version of pg-boss may write another one.
it('knows the fetch of the pg-boss that is installed', async () => {
  const pglite = await PGlite.create()
  const direct = fromPglite(pglite)
  const asked: string[] = []
  const counted: Db = {
    ...direct,
    executeSql(sql, values) {
      asked.push(sql)
      return direct.executeSql(sql, values)
    },
  }
  const boss = new PgBoss({ db: shareFetches(counted), backend: 'pglite', supervise: false, schedule: false })
  try {
    await boss.start()
    await boss.createQueue('one')
    await boss.fetch('one')
    asked.length = 0
    expect(await Promise.all(Array.from({ length: 8 }, () => boss.fetch('one')))).toEqual(Array(8).fill([]))
    // The first asks, and the second for all who came after it.
    expect(asked).toHaveLength(2)
    await boss.send('one', { a: 'job' })
    expect((await boss.fetch('one')).map(({ data }) => data)).toEqual([{ a: 'job' }])
  } finally {
    await boss.stop({ graceful: false })
    await pglite.close()
  }
})
