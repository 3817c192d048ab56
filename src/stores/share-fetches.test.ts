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
