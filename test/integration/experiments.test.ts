import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { assignVariant } from '../../src/services/experiments/assign-variant.ts'
import { checkExperiments } from '../../src/services/experiments/check-experiments.ts'
import {
  CreateExperimentDocument,
  type CreateExperimentInput,
  ExperimentDocument,
  StartExperimentDocument,
  StopExperimentDocument,
} from '../generated/graphql.ts'
import { deskOf, globalId, rowId } from '../support/desk.ts'
import { askForDraft, collect, followOverWebSocket } from '../support/drafting.ts'
import { type Filled, fillDrafts } from '../support/fill-experiment.ts'
import { scriptGenerator } from '../support/scripted-generator.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
let versions: string[]
let agentKey: string
const desk = deskOf(() => server)
const database = () => server.app.resources.database
const scripted = scriptGenerator({ pieces: ['Refunds take 14 days.'] })
const missing = new Set<string>()

beforeAll(async () => {
  const current = { ...scripted.generators.current() }
  current.check = async (model) =>
    missing.has(model ?? '') ? { status: 'unavailable', detail: `There is no ${model}.` } : { status: 'ready', detail: '' }
  server = await startServer({ generators: { ...scripted.generators, current: () => current } })
  const active = globalId('ModelVersion', (await database().modelVersion.findFirstOrThrow({ where: { status: 'ACTIVE' } })).id)
  const kind = await desk.ask(
    'mutation { createModelVersion(input: { name: "Kind", systemPrompt: "Be kind.", baseModel: "kind:1b" }) { ... on ModelVersion { id } } }',
  )
  versions = [active, kind.createModelVersion.id]
  agentKey = await server.createKey('AGENT', { agentId: (await database().agent.create({ data: { name: 'Ann' } })).id })
  await database().webhook.create({ data: { url: 'http://127.0.0.1:9/', events: ['EXPERIMENT_DECIDED'] } })
})
afterAll(() => server?.stop())
afterEach(async () => {
  await database().experiment.updateMany({ where: { status: 'RUNNING' }, data: { status: 'STOPPED' } })
  await database().modelVersion.update({ where: { id: rowId(versions[1]!) }, data: { status: 'CANDIDATE' } })
  await database().modelVersion.update({ where: { id: rowId(versions[0]!) }, data: { status: 'ACTIVE' } })
  missing.clear()
})

let made = 0
const planned = (changes: Partial<CreateExperimentInput> = {}): CreateExperimentInput => ({
  name: `Experiment ${++made}`,
  variants: [
    { name: 'now', modelVersionId: versions[0]!, weight: 1 },
    { name: 'kind', modelVersionId: versions[1]!, weight: 1 },
  ],
  ...changes,
})
const create = async (input: CreateExperimentInput) => (await server.run(CreateExperimentDocument, { input })).createExperiment
const start = async (experimentId: string) => (await server.run(StartExperimentDocument, { input: { experimentId } })).startExperiment
const stop = async (experimentId: string, promote?: boolean) =>
  (await server.run(StopExperimentDocument, { input: { experimentId, ...(promote !== undefined && { promote }) } })).stopExperiment
const read = async (id: string) => (await server.run(ExperimentDocument, { id })).experiment!
const more = async (id: string, selection: string) => (await desk.ask(`query ($id: ID!) { experiment(id: $id) { ${selection} } }`, { id })).experiment

async function created(changes: Partial<CreateExperimentInput> = {}): Promise<{ id: string; variantIds: string[] }> {
  const experiment = await create(planned(changes))
  if (experiment.__typename !== 'Experiment') throw new Error(JSON.stringify(experiment))
  return { id: experiment.id, variantIds: experiment.variants.map(({ id }) => id) }
}
async function running(changes: Partial<CreateExperimentInput> = {}) {
  const experiment = await created(changes)
  expect(await start(experiment.id)).toMatchObject({ status: 'RUNNING' })
  return experiment
}
/** So many conversations of each variant. */
async function fill(variantIds: string[], ...fillings: Omit<Filled, 'variantId'>[]) {
  for (const [index, filling] of fillings.entries()) await fillDrafts(database(), { ...filling, variantId: rowId(variantIds[index]!) })
}
const around = (mean: number) => (index: number) => Math.min(1, Math.max(0, mean + 0.2 * (index % 2 === 0 ? 1 : -1)))
const check = () => checkExperiments(server.app.resources)
const told = (id: string) =>
  database().webhookDelivery.count({ where: { event: 'EXPERIMENT_DECIDED', payload: { path: ['data', 'experimentId'], equals: id } } })
const activeName = async () => (await desk.ask('{ activeModelVersion { id name } }')).activeModelVersion.name

describe('a running experiment', () => {
  it('has each conversation answered by its variant, again and again', async () => {
    const { id, variantIds } = await running()
    const variants = variantIds.map((variantId, index) => ({ id: variantId, weight: 1, version: versions[index]! }))
    const seen = new Set<string>()
    for (let count = 0; count < 16 && (seen.size < 2 || count < 4); count++) {
      const conversationId = await desk.open('How long do refunds take?')
      const expected = assignVariant(variants, { experimentId: rowId(id), conversationId: rowId(conversationId) })
      seen.add(expected.id)
      for (const instruction of [null, 'shorter']) {
        const draftId = (await desk.mutate('draftReply', { conversationId, instruction }, 'id')).id
        await collect(followOverWebSocket(server, draftId))
        const { draft } = await desk.ask('query ($id: ID!) { draft(id: $id) { variant { id name experiment { id } } modelVersion { id } } }', {
          id: draftId,
        })
        expect(draft).toMatchObject({ variant: { id: expected.id, experiment: { id } }, modelVersion: { id: expected.version } })
        const isKind = expected.version === versions[1]
        expect(scripted.requests.at(-1)!.model ?? null).toBe(isKind ? 'kind:1b' : null)
        expect(scripted.requests.at(-1)!.messages[0]!.content.includes('Be kind.')).toBe(isKind)
      }
    }
    expect(seen.size).toBe(2)
    await stop(id)
    const draftId = await askForDraft(server, await desk.open('How long do refunds take?'))
    await collect(followOverWebSocket(server, draftId))
    const { draft } = await desk.ask('query ($id: ID!) { draft(id: $id) { variant { id } modelVersion { id } } }', { id: draftId })
    expect(draft).toEqual({ variant: null, modelVersion: { id: versions[0] } })
  })

  it('counts a draft once it was shown to the team, and only once', async () => {
    const { id, variantIds } = await running()
    const shown = async () => (await read(id)).variants.reduce((sum, { drafts }) => sum + drafts, 0)
    const conversationId = await desk.open('How long do refunds take?')
    const draftId = await askForDraft(server, conversationId)
    await vi.waitFor(async () => {
      expect(await database().draft.findUnique({ where: { id: rowId(draftId) }, select: { status: true } })).toEqual({ status: 'READY' })
    })
    const look = (selection: string, key?: string) => desk.ask(`query ($id: ID!) { draft(id: $id) { ${selection} } }`, { id: draftId }, key)
    await look('status')
    expect(await shown()).toBe(0)
    await look('text', agentKey)
    await look('text conversation { drafts { edges { node { text } } } }', agentKey)
    expect(await shown()).toBe(1)

    const followed = await askForDraft(server, await desk.open('How long do refunds take?'))
    await collect(followOverWebSocket(server, followed))
    expect(await shown()).toBe(2)

    const unread = await desk.open('How long do refunds take?')
    const sent = await askForDraft(server, unread)
    await vi.waitFor(async () => {
      expect(await database().draft.findUnique({ where: { id: rowId(sent) }, select: { status: true } })).toEqual({ status: 'READY' })
    })
    await desk.mutate('sendReply', { conversationId: unread, draftId: sent, text: 'No.' }, 'id')
    expect(await shown()).toBe(3)
    const { drafts } = await desk.ask('query ($filter: DraftFilter) { drafts(filter: $filter) { edges { node { id } } } }', {
      filter: { variantId: (await look('variant { id }')).draft.variant.id },
    })
    expect(drafts.edges.map(({ node }: any) => node.id)).toContain(draftId)
    expect(variantIds).toHaveLength(2)
  })
})

describe('the figures of a variant', () => {
  it('are what its drafts came to, with one value a conversation', async () => {
    const { id, variantIds } = await running()
    const [control] = variantIds as [string]
    const [twice, rejected, passedOver] = await fillDrafts(database(), {
      variantId: rowId(control),
      count: 3,
      editRatio: (index) => (index === 0 ? 0 : 'REJECTED'),
      isEscalated: (index) => index === 1,
    })
    // A second draft of the first conversation, and instead of the third an agent's own reply, after a note.
    const second = await database().draft.create({
      data: {
        conversationId: twice!.conversationId,
        turnMessageId: twice!.turnId,
        variantId: rowId(control),
        status: 'SENT',
        text: 'b',
        supportScore: 0.5,
        totalMs: 3_000,
        exposure: { create: {} },
      },
    })
    await database().message.create({
      data: {
        conversationId: twice!.conversationId,
        position: 3,
        kind: 'AGENT_EDITED',
        text: 'd',
        draftId: second.id,
        editRatio: 0.4,
        metrics: { create: { draftId: second.id, bleu: 1, semanticSimilarity: 0.8, lengthRatio: 1 } },
      },
    })
    await database().survey.create({
      data: { conversationId: twice!.conversationId, draftId: second.id, expiresAt: new Date(), rating: { create: { score: 4 } } },
    })
    await database().draft.update({ where: { id: passedOver!.draftId }, data: { editedText: 'x' } })
    await database().$executeRaw`UPDATE "Draft" SET "status" = 'SUPERSEDED' WHERE "id" = ${passedOver!.draftId}`
    for (const [position, kind] of [
      [2, 'NOTE'],
      [3, 'AGENT_ONLY'],
    ] as const)
      await database().message.create({ data: { conversationId: passedOver!.conversationId, position, kind, text: 'e' } })
    // Superseded by the customer, which says nothing; and one that nobody saw.
    const [overtaken] = await fillDrafts(database(), { variantId: rowId(control), count: 1, editRatio: () => 'REJECTED' })
    await database().$executeRaw`UPDATE "Draft" SET "status" = 'SUPERSEDED' WHERE "id" = ${overtaken!.draftId}`
    await database().message.create({ data: { conversationId: overtaken!.conversationId, position: 2, kind: 'CUSTOMER', text: 'f' } })
    await fillDrafts(database(), { variantId: rowId(control), count: 1, editRatio: () => 1, isUnseen: true })

    const { variants } = await more(id, 'variants { conversations drafts measuredDrafts metrics { name mean low high } }')
    expect(variants[0]).toMatchObject({ conversations: 4, drafts: 5, measuredDrafts: 4 })
    const means = Object.fromEntries(variants[0].metrics.map(({ name, mean }: any) => [name, mean]))
    expect(means).toEqual({
      EDIT_RATIO: expect.closeTo((0.2 + 1 + 1) / 3, 12),
      ACCEPTANCE_RATE: expect.closeTo((0.5 + 0 + 0) / 3, 12),
      SEMANTIC_SIMILARITY: 0.8,
      SUPPORT: 0.5,
      CSAT: 1,
      ESCALATION_RATE: expect.closeTo(1 / 3, 12),
      DRAFT_SECONDS: 3,
    })
    expect(variants[1]).toMatchObject({
      conversations: 0,
      drafts: 0,
      metrics: expect.arrayContaining([{ name: 'CSAT', mean: null, low: null, high: null }]),
    })
    // Erased with its conversation.
    await database().conversation.delete({ where: { id: rejected!.conversationId } })
    expect((await read(id)).variants[0]).toMatchObject({ conversations: 3 })
  })
})

describe('an outcome', () => {
  it('is kept when it is found, told once, and waits for somebody to stop the experiment', async () => {
    const { id, variantIds } = await running()
    await fill(variantIds, { count: 20, editRatio: around(0.5) }, { count: 20, editRatio: around(0.2) })
    await check()
    expect((await read(id)).analysis).toMatchObject({ outcome: 'UNDECIDED', conclusion: expect.stringContaining('too early') })
    expect(await told(id)).toBe(0)
    await fill(variantIds, { count: 130, editRatio: around(0.5) }, { count: 130, editRatio: around(0.2) })
    await check()
    await check()
    const { analysis, status } = await read(id)
    expect({ status, ...analysis }).toMatchObject({
      status: 'RUNNING',
      primaryMetric: 'EDIT_RATIO',
      outcome: 'BETTER',
      difference: expect.closeTo(-0.3, 2),
      moreDraftsNeeded: 0,
      sampleRatioMismatch: false,
      conclusion: expect.stringContaining('"kind" is better'),
    })
    expect(analysis.high!).toBeLessThan(0)
    expect(analysis.alwaysValidPValue).toBeLessThan(0.05)
    expect(await told(id)).toBe(1)
    // What comes later does not take it back.
    await fill(variantIds, { count: 200, editRatio: around(0.2) }, { count: 200, editRatio: around(0.5) })
    await check()
    const later = (await read(id)).analysis
    expect(later.outcome).toBe('BETTER')
    expect(later.conclusion).toBe(analysis.conclusion)

    const stopped = await stop(id, true)
    expect(stopped).toMatchObject({
      status: 'STOPPED',
      decision: { winner: { id: variantIds[1], name: 'kind' }, promoted: true, reason: expect.stringContaining('Stopped by hand. "kind" is better') },
    })
    expect(await activeName()).toBe('Kind')
    expect(await told(id)).toBe(1)
    const { promotions } = (
      await desk.ask(
        'query ($id: ID!) { node(id: $id) { ... on ModelVersion { promotions(first: 1) { edges { node { reason detail experiment { id } } } } } } }',
        {
          id: versions[1],
        },
      )
    ).node
    expect(promotions.edges[0].node).toMatchObject({ reason: 'EXPERIMENT', detail: expect.stringContaining('is better'), experiment: { id } })
    const entries = await database().auditEntry.findMany({
      where: { action: { in: ['stopExperiment', 'promoteModelVersion'] } },
      orderBy: { id: 'desc' },
      take: 2,
    })
    expect(entries.map(({ action, targetId }) => [action, targetId])).toEqual([
      ['promoteModelVersion', rowId(versions[1]!)],
      ['stopExperiment', rowId(id)],
    ])
  })

  it('stays what it was when the experiment is over', async () => {
    const { id, variantIds } = await running()
    await fill(variantIds, { count: 40, editRatio: around(0.5) }, { count: 40, editRatio: around(0.45) })
    expect(await stop(id)).toMatchObject({ decision: { winner: null, promoted: false, reason: expect.stringContaining('undecided') } })
    expect(await told(id)).toBe(1)
    const before = await read(id)
    await fill(variantIds, { count: 200, editRatio: around(0.5) }, { count: 200, editRatio: around(0.1) })
    expect(await read(id)).toEqual(before)
    expect(before.variants.map(({ conversations }) => conversations)).toEqual([40, 40])
  })

  it('with autoPromote ends it and promotes the winner, soon after a reply is sent', async () => {
    const { id, variantIds } = await running({ autoPromote: true })
    await fill(variantIds, { count: 150, editRatio: around(0.5) }, { count: 150, editRatio: around(0.2) })
    const conversationId = await desk.open('How long do refunds take?')
    const draftId = await askForDraft(server, conversationId)
    await collect(followOverWebSocket(server, draftId))
    await desk.mutate('sendReply', { conversationId, draftId, text: 'Refunds take 14 days.' }, 'id')
    await vi.waitFor(async () => expect((await read(id)).status).toBe('STOPPED'), { timeout: 45_000, interval: 100 })
    expect(await more(id, 'decision { winner { name } promoted reason } decidedAt stoppedAt')).toMatchObject({
      decision: { winner: { name: 'kind' }, promoted: true, reason: expect.stringContaining('"kind" is better') },
      decidedAt: expect.any(String),
    })
    expect(await activeName()).toBe('Kind')
    const entry = await database().auditEntry.findFirstOrThrow({ where: { action: 'stopExperiment', targetId: rowId(id) } })
    expect(entry).toMatchObject({ role: null, actorId: null, details: { outcome: 'BETTER', promoted: true } })
  })

  it('with autoPromote ends it without a promotion where the control won, or the winner’s model is gone', async () => {
    const worse = await running({ autoPromote: true })
    await fill(worse.variantIds, { count: 150, editRatio: around(0.2) }, { count: 150, editRatio: around(0.5) })
    await check()
    expect(await more(worse.id, 'status decision { winner { name } promoted }')).toEqual({
      status: 'STOPPED',
      decision: { winner: { name: 'now' }, promoted: false },
    })
    expect(await activeName()).toBe('Built-in')

    const gone = await running({ autoPromote: true })
    await fill(gone.variantIds, { count: 150, editRatio: around(0.5) }, { count: 150, editRatio: around(0.2) })
    missing.add('kind:1b')
    await check()
    expect(await more(gone.id, 'status decision { winner { name } promoted reason }')).toMatchObject({
      status: 'STOPPED',
      decision: {
        winner: { name: 'kind' },
        promoted: false,
        reason: expect.stringContaining('could not be promoted: Its model cannot be asked now. There is no kind:1b.'),
      },
    })
    expect(await activeName()).toBe('Built-in')
  })

  it('of a guardrail or a wrong sample ratio ends it, and nothing is promoted', async () => {
    const guarded = await running({ guardrails: ['ESCALATION_RATE'] })
    const often = (index: number) => index % 3 === 0
    await fill(guarded.variantIds, { count: 150, editRatio: around(0.5) }, { count: 150, editRatio: around(0.2), isEscalated: often })
    await check()
    expect(await read(guarded.id)).toMatchObject({
      status: 'STOPPED',
      analysis: {
        outcome: 'STOPPED_BY_GUARDRAIL',
        guardrails: [{ name: 'ESCALATION_RATE', breached: true }],
        conclusion: expect.stringContaining('was stopped'),
      },
    })
    expect(await told(guarded.id)).toBe(1)

    const uneven = await running()
    await fill(uneven.variantIds, { count: 300, editRatio: around(0.5) }, { count: 150, editRatio: around(0.2) })
    await check()
    expect(await read(uneven.id)).toMatchObject({
      status: 'STOPPED',
      analysis: { outcome: 'SAMPLE_RATIO_MISMATCH', sampleRatioMismatch: true, conclusion: expect.stringContaining('Nothing can be concluded') },
    })
    expect(await more(uneven.id, 'decision { winner { id } promoted }')).toEqual({ decision: { winner: null, promoted: false } })
    expect(await activeName()).toBe('Built-in')
  })
})

describe('what makes no sense', () => {
  const variant = (changes: object) => ({ name: 'x', modelVersionId: versions[0]!, weight: 1, ...changes })
  const cases: [string, () => object, string, string][] = [
    ['without a name', () => ({ name: ' ' }), 'INVALID_INPUT', 'name is empty'],
    ['with one variant', () => ({ variants: [variant({})] }), 'INVALID_INPUT', 'exactly two variants'],
    ['with three variants', () => ({ variants: [1, 2, 3].map((name) => variant({ name: `${name}` })) }), 'INVALID_INPUT', '3 were given'],
    [
      'with variants of one name',
      () => ({ variants: versions.map((modelVersionId) => variant({ modelVersionId })) }),
      'INVALID_INPUT',
      'Both variants are called "x"',
    ],
    ['of a version with itself', () => ({ variants: [variant({ name: 'a' }), variant({ name: 'b' })] }), 'INVALID_INPUT', 'nothing to compare'],
    [
      'with a weight of nothing',
      () => ({ variants: [variant({ weight: 0 }), variant({ name: 'b', modelVersionId: versions[1] })] }),
      'INVALID_INPUT',
      'must be above 0',
    ],
    [
      'with a weight below nothing',
      () => ({ variants: [variant({ weight: -1 }), variant({ name: 'b', modelVersionId: versions[1] })] }),
      'INVALID_INPUT',
      'is -1',
    ],
    [
      'with a variant that nobody would see',
      () => ({ variants: [variant({ weight: 1e300 }), variant({ name: 'b', modelVersionId: versions[1] })] }),
      'INVALID_INPUT',
      '0.00%',
    ],
    [
      'of versions that nobody knows',
      () => ({ variants: [variant({}), variant({ name: 'b', modelVersionId: globalId('ModelVersion', 'nobody') })] }),
      'NOT_FOUND',
      'model version',
    ],
    ['of something else', () => ({ variants: [variant({}), variant({ name: 'b', modelVersionId: 'nobody' })] }), 'NOT_FOUND', 'model version'],
    ['for too few drafts', () => ({ maximumDrafts: 59 }), 'INVALID_INPUT', 'from 60'],
  ]
  it.each(cases)('an experiment %s is refused', async (_, changes, code, message) => {
    expect(await create({ ...planned(), ...changes() })).toMatchObject({ code, message: expect.stringContaining(message) })
  })

  it('an experiment of a version that is being made or has failed is refused, and so is a name that is taken', async () => {
    for (const [status, message] of [
      ['BUILDING', 'still being made'],
      ['FAILED', 'out of memory'],
    ] as const) {
      const version = await database().modelVersion.create({ data: { name: status, kind: 'FINE_TUNED', status, failureMessage: 'out of memory' } })
      const variants = [versions[0]!, globalId('ModelVersion', version.id)].map((modelVersionId, index) => ({
        name: `${index}`,
        weight: 1,
        modelVersionId,
      }))
      expect(await create(planned({ variants }))).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining(message) })
    }
    await created({ name: 'Taken' })
    expect(await create(planned({ name: ' Taken ' }))).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('"Taken"') })
  })

  it('starting is refused a second time, while another one runs, for nobody’s, and when a model is gone', async () => {
    const [first, second] = [await created(), await created()]
    missing.add('kind:1b')
    expect(await start(first.id)).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('There is no kind:1b.') })
    missing.clear()
    expect(await start(first.id)).toMatchObject({ status: 'RUNNING' })
    expect(await start(first.id)).toMatchObject({ code: 'CONFLICT', message: 'This experiment is running already.' })
    expect(await start(second.id)).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('is running') })
    await stop(first.id)
    expect(await start(first.id)).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('was stopped') })
    expect(await start('nobody')).toMatchObject({ code: 'NOT_FOUND' })
    const results = await Promise.all([(await created()).id, second.id, (await created()).id].map(start))
    expect(results.map(({ __typename }) => __typename).sort()).toEqual(['ConflictError', 'ConflictError', 'Experiment'])
  })

  it('stopping is refused of a draft and of one that is stopped, and of two at once one stops it', async () => {
    const { id, variantIds } = await created()
    expect(await stop(id)).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('never started') })
    expect((await read(id)).analysis).toMatchObject({ outcome: 'UNDECIDED', conclusion: 'It was not started yet.', difference: null })
    await start(id)
    await fill(variantIds, { count: 150, editRatio: around(0.5) }, { count: 150, editRatio: around(0.2) })
    const results = await Promise.all([stop(id, true), stop(id, true), stop(id, false)])
    expect(results.map(({ __typename }) => __typename).sort()).toEqual(['ConflictError', 'ConflictError', 'Experiment'])
    expect(await stop(id)).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('stopped already') })
    expect(await database().auditEntry.count({ where: { action: 'stopExperiment', targetId: rowId(id) } })).toBe(1)
    expect(await stop('nobody')).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('promoting is refused where nothing has won, and the experiment goes on', async () => {
    const { id, variantIds } = await running()
    await fill(variantIds, { count: 40, editRatio: around(0.5) }, { count: 40, editRatio: around(0.5) })
    expect(await stop(id, true)).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(/^There is no winner to promote\. It is undecided.*without promote/),
    })
    expect(await read(id)).toMatchObject({ status: 'RUNNING' })
    await fill(variantIds, { count: 150, editRatio: around(0.6) }, { count: 150, editRatio: around(0.2) })
    missing.add('kind:1b')
    expect(await stop(id, true)).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('There is no kind:1b.') })
    expect(await activeName()).toBe('Built-in')
  })

  it('an agent may read experiments, and change none', async () => {
    const { id } = await created()
    expect(
      (await desk.ask('query ($id: ID!) { experiment(id: $id) { status } experiments(first: 1) { edges { node { id } } } }', { id }, agentKey))
        .experiments.edges,
    ).toEqual([{ node: { id } }])
    for (const field of ['startExperiment', 'stopExperiment'])
      await expect(desk.mutate(field, { experimentId: id }, 'id', agentKey)).rejects.toThrow('FORBIDDEN')
    expect(await read('nobody').catch(() => null)).toBeNull()
  })
})
