import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type IntentSeed, seedIntents } from '../../src/services/routing/seed-intents.ts'
import { CreateArticleDocument, RouteMessageDocument } from '../generated/graphql.ts'
import { askForDraft, collect, followOverSse, followOverWebSocket, textAfter } from '../support/drafting.ts'
import { scriptGenerator } from '../support/scripted-generator.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

describe.skipIf(inject('database').kind === 'embedded')('a process for the API and one that works', () => {
  const apiModel = scriptGenerator({ pieces: ['From the API.'] })
  const workerModel = scriptGenerator({ pieces: ['From ', 20, 'the worker.'] })
  let worker: TestServer
  let api: TestServer

  beforeAll(async () => {
    worker = await startServer({ generators: workerModel.generators, environment: { ROLES: 'worker', HAND_OVER_TIMEOUT_MS: '0' } })
    api = await startServer({ generators: apiModel.generators, beside: worker, environment: { ROLES: 'api' } })
    // It loads with the first text, which can take longer than createArticle waits.
    await worker.app.resources.embedder?.embed(['hello'])
  })
  afterAll(async () => {
    await api?.stop()
    await worker?.stop()
  })

  it('write a draft in the one and stream it from the other', async () => {
    const draftId = await askForDraft(api)
    const events = await collect(followOverWebSocket(api, draftId))
    expect(textAfter(events)).toBe('From the worker.')
    expect(events.at(-1)).toMatchObject({ __typename: 'DraftCompleted', draft: { status: 'READY' } })
    expect(await collect(followOverSse(api, draftId))).toEqual(events)
    expect([apiModel.requests.length, workerModel.requests.length]).toEqual([0, 1])
  })

  it('index an article in the one and find it from the other', async () => {
    const { createArticle } = await api.run(CreateArticleDocument, {
      input: { title: 'Return & Refund Policy', category: 'Returns', body: 'You can return an item within 30 days of delivery.' },
    })
    expect(createArticle.__typename).toBe('Article')
    const search = async () => (await api.post({ query: '{ searchKnowledge(query: "send it back") { degraded hits { article { title } } } }' })).body
    await expect.poll(search).toEqual({ data: { searchKnowledge: { degraded: false, hits: [{ article: { title: 'Return & Refund Policy' } }] } } })
  })

  it('train the router in the one and route in the other', async () => {
    const route = async () => (await api.run(RouteMessageDocument, { text: 'I forgot my password' })).routeMessage
    expect(await route()).toMatchObject({ intent: null })
    const seeds = JSON.parse(readFileSync(new URL('../../data/sample-intents.json', import.meta.url), 'utf8')) as IntentSeed[]
    const few = seeds.filter(({ name }) => ['reset_password', 'track_order', 'cancel_order'].includes(name))
    expect((await seedIntents(api.app.resources, few)).intentsAdded).toBe(few.length)
    await expect.poll(async () => (await route()).intent, { timeout: 60_000 }).toBe('reset_password')
    expect(api.app.resources.router.current()?.version).toBe(worker.app.resources.router.current()?.version)
  })

  it('tell how they are, the worker without an API', async () => {
    const base = new URL(worker.app.url).origin
    expect(worker.app.consoleLink).toBeNull()
    expect((await fetch(`${base}/health/live`)).status).toBe(200)
    expect(await (await fetch(worker.app.url)).json()).toMatchObject({ status: 'ready', parts: { wakeUps: { status: 'ready' } } })
    expect(await (await fetch(`${base}/metrics`)).text()).toContain('understudy_drafts_total')
    const refused = await fetch(`${base}/graphql`, {
      method: 'POST',
      body: '{"query":"{ __typename }"}',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${worker.adminKey}` },
    })
    expect([refused.status, (await fetch(`${base}/graphql`)).status]).toEqual([405, 404])
    expect(await (await fetch(`${base}/graphql`)).json()).toEqual({ error: expect.stringContaining('ROLES=worker') })
    const socket = new WebSocket(`${base.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
    expect(await new Promise((resolve) => socket.addEventListener('error', () => resolve('refused')))).toBe('refused')
    expect((await fetch(`${api.base}/health/live`)).status).toBe(200)
  })
})
