import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { askForDraft, collect, type DraftEvent, followOverSse, followOverWebSocket, textAfter } from '../support/drafting.ts'
import { hasRedis, startRedis } from '../support/redis-server.ts'
import { type Script, scriptGenerator } from '../support/scripted-generator.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

// Two whole servers on one PostgreSQL. Either may write a draft: what is read from both is read from the other one too.
describe.skipIf(inject('database').kind === 'embedded')('two replicas', () => {
  let redis: Awaited<ReturnType<typeof startRedis>> | null = null
  beforeAll(async () => {
    if (hasRedis) redis = await startRedis()
  })
  afterAll(() => redis?.remove())

  const carriers = [{ carrier: 'PostgreSQL' }, { carrier: 'Redis' }].map(({ carrier }) => ({
    carrier,
    environment: (): Record<string, string> => (carrier === 'Redis' ? { REDIS_URL: redis!.url } : {}),
  }))

  describe.each(carriers)('that wake each other through $carrier', ({ carrier, environment }) => {
    if (carrier === 'Redis' && !hasRedis) return it.skip('(redis-server is not installed)', () => {})
    const script: { current: Script } = { current: { pieces: [] } }
    const models = [scriptGenerator(() => script.current), scriptGenerator(() => script.current)]
    const replicas: TestServer[] = []

    beforeAll(async () => {
      for (const { generators } of models)
        replicas.push(
          await startServer({
            generators,
            ...(replicas[0] && { beside: replicas[0] }),
            environment: { EMBEDDER: 'none', ...environment() },
          }),
        )
    })
    afterAll(async () => {
      for (const replica of replicas.reverse()) await replica.stop()
    })

    it('follow each other’s drafts as they are written', async () => {
      const gates = Array.from({ length: 10 }, () => Promise.withResolvers<void>())
      script.current = { pieces: gates.flatMap(({ promise }, index) => [() => promise, `word ${index} `]) }
      const draftId = await askForDraft(replicas[0]!)
      const followers = replicas.map((replica) => followOverWebSocket(replica, draftId))
      const seen: DraftEvent[][] = [[], []]
      const untilText = async (index: number) => {
        for (;;) {
          const { value } = await followers[index]!.next()
          if (!value) throw new Error('ended too early')
          seen[index]!.push(value)
          if (value.__typename === 'DraftStarted' || value.__typename === 'DraftDelta') return
        }
      }
      await Promise.all([untilText(0), untilText(1)])
      const waits: number[] = []
      for (const { resolve } of gates) {
        const releasedAt = performance.now()
        resolve()
        await Promise.all([untilText(0), untilText(1)])
        waits.push(performance.now() - releasedAt)
      }
      for (const [index, follower] of followers.entries()) seen[index]!.push(...(await collect(follower)))
      expect(seen[1]).toEqual(seen[0])
      expect(seen[0]!.map(({ seq }) => seq)).toEqual(seen[0]!.map((_, index) => index + 1))
      expect(seen[0]!.at(-1)?.__typename).toBe('DraftCompleted')
      // The two looked once a second without wake-ups. Of ten words the median: one may fall into a pause of a busy machine.
      expect(waits.sort((a, b) => a - b)[5]).toBeLessThan(200)
    })

    it('need no wake-up to follow to the end', async () => {
      script.current = { pieces: ['One ', 300, 'two ', 300, 'three.'] }
      const notifies = replicas.map(({ app }) => app.resources.wakeUps.notify)
      for (const { app } of replicas) app.resources.wakeUps.notify = () => {}
      try {
        const draftId = await askForDraft(replicas[0]!)
        const [here, there] = await Promise.all(replicas.map((replica) => collect(followOverSse(replica, draftId))))
        expect(there).toEqual(here)
        expect(textAfter(here!)).toBe('One two three.')
        expect(here!.at(-1)?.__typename).toBe('DraftCompleted')
      } finally {
        for (const [index, { app }] of replicas.entries()) app.resources.wakeUps.notify = notifies[index]!
      }
    })
  })

  it('listen again after the database has ended the connection', async () => {
    const model = scriptGenerator({ pieces: ['Hello', 50, ' there.'] })
    const server = await startServer({ generators: model.generators, environment: { EMBEDDER: 'none' } })
    const database = new pg.Client({ connectionString: server.environment.DATABASE_URL! })
    await database.connect()
    const listeners = async () => {
      const { rows } = await database.query<{ pid: number }>(
        `SELECT pid FROM pg_stat_activity WHERE application_name = 'understudy wake-ups' AND datname = current_database() AND query LIKE '%pg_notify%'`,
      )
      return rows.map(({ pid }) => pid)
    }
    try {
      const [ended] = await listeners()
      await database.query('SELECT pg_terminate_backend($1)', [ended])
      await expect.poll(async () => (await listeners()).filter((pid) => pid !== ended)).toHaveLength(1)
      const parts = async () => ((await (await fetch(`${server.base}/health/ready`)).json()) as any).parts
      await expect.poll(async () => (await parts()).wakeUps).toEqual({ status: 'ready', detail: 'through PostgreSQL' })
      expect(textAfter(await collect(followOverWebSocket(server, await askForDraft(server))))).toBe('Hello there.')
    } finally {
      await database.end()
      await server.stop()
    }
  })
})
