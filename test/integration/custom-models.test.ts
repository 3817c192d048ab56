import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  BuildCustomModelDocument,
  type BuildCustomModelInput,
  CancelRunDocument,
  PromoteModelVersionDocument,
  RunEventsDocument,
} from '../generated/graphql.ts'
import { deskOf, globalId, rowId } from '../support/desk.ts'
import { askForDraft, collect, followOverWebSocket } from '../support/drafting.ts'
import { type ModelOllama, startModelOllama } from '../support/model-ollama.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { teachReplies } from '../support/teach-replies.ts'

let ollama: ModelOllama
let server: TestServer
const desk = deskOf(() => server)
const database = () => server.app.resources.database
let exampleIds: string[]

beforeAll(async () => {
  ollama = await startModelOllama()
  server = await startServer({ environment: { GENERATOR: 'ollama', OLLAMA_HOST: ollama.url, OLLAMA_MODEL: 'llama3.2' } })
  exampleIds = await teachReplies(server, [
    ['Can I return a tent?', 'Hi Ann Lee,\n\nYou have 30 days for it. Write to ann@mail.example.\n\n— The crew'],
    ['How long does delivery take?', 'Hi there,\n\nIt takes five days within the country.\n\n— The crew'],
    ['Do you ship to Norway?', 'Hi there,\n\nYes, we ship to Norway for a flat fee.\n\n— The crew'],
  ])
})
afterAll(async () => {
  await server?.stop()
  await ollama?.close()
})
let number = 0
beforeEach(() => number++)

async function build(input: Partial<BuildCustomModelInput> = {}) {
  return (await server.run(BuildCustomModelDocument, { input: { name: `Custom ${number}`, baseModel: 'llama3.2', ...input } })).buildCustomModel
}
async function built(input: Partial<BuildCustomModelInput> = {}) {
  const run = await build(input)
  if (run.__typename !== 'ModelBuildRun') throw new Error(JSON.stringify(run))
  const events = []
  for await (const { runEvents } of server.events(RunEventsDocument, { runId: run.id, afterSeq: 0 })) events.push(runEvents)
  return { runId: run.id, id: run.modelVersion!.id, events, end: events.at(-1)!, version: await read(run.modelVersion!.id) }
}
const selection =
  'kind status baseModel generatorModel systemPrompt modelfile datasetSha256 failureMessage probes { name passed detail } trainingExamples { edges { node { id } } }'
const read = async (id: string) => (await desk.ask(`query ($id: ID!) { node(id: $id) { ... on ModelVersion { ${selection} } } }`, { id })).node

it('is made of a base and the best replies, tried, and drafts are written with it once it is promoted', async () => {
  const { id, events, version } = await built({ systemPrompt: 'You are the crew of a camping shop.', parameters: { temperature: 0.1 } })
  expect(events.map((event) => (event.__typename === 'RunProgress' ? event.step : event.__typename))).toEqual(
    expect.arrayContaining(['choose', 'create', 'probe', 'RunCompleted']),
  )
  expect(version).toMatchObject({ kind: 'CUSTOM', status: 'CANDIDATE', baseModel: 'llama3.2', failureMessage: null })
  expect(version.generatorModel).toMatch(/^understudy-custom-\d+-[0-9a-f]{8}$/)
  expect(version.probes.map(({ name, passed }: any) => [name, passed])).toEqual([
    ['SYSTEM_PROMPT', true],
    ['MESSAGES', true],
    ['ANSWERS', true],
    ['EFFECT', true],
  ])
  expect(version.modelfile).toMatch(/^FROM llama3\.2\nPARAMETER temperature 0\.1\n/)
  expect(version.modelfile).toContain('SYSTEM """You are the crew of a camping shop."""')
  // The reply with an address of a customer is left out.
  expect(version.modelfile).not.toContain('ann@mail')
  expect(version.trainingExamples.edges.map(({ node }: any) => rowId(node.id)).sort()).toEqual(exampleIds.slice(1).sort())
  expect(ollama.models.get(`${version.generatorModel}:latest`)).toMatchObject({
    from: 'llama3.2',
    messages: { length: 4 },
    parameters: { temperature: 0.1 },
  })

  const made = await desk.ask('query ($id: ID!) { node(id: $id) { ... on TrainingExample { modelVersions { edges { node { id } } } } } }', {
    id: globalId('TrainingExample', exampleIds[1]!),
  })
  expect(made.node.modelVersions.edges).toEqual([{ node: { id } }])

  await server.run(PromoteModelVersionDocument, { input: { modelVersionId: id } })
  const draftId = await askForDraft(server, await desk.open('Do you have stoves?'))
  await collect(followOverWebSocket(server, draftId))
  const draft = await database().draft.findUniqueOrThrow({ where: { id: rowId(draftId) } })
  expect(draft).toMatchObject({
    status: 'READY',
    origin: 'OLLAMA',
    generatorModel: version.generatorModel,
    modelVersionId: rowId(id),
    fewShotExampleIds: [],
  })
  expect(await desk.mutate('rollBackModelVersion', {}, 'name')).toMatchObject({ name: 'Built-in' })
})

it('is the same for the same replies', async () => {
  const [first, second] = [await built({ systemPrompt: 'A' }), await built({ name: `Again ${number}`, systemPrompt: 'B' })]
  expect(first.version.datasetSha256).toBe(second.version.datasetSha256)
  const fewer = await built({ name: `Fewer ${number}`, maximumExamples: 1 })
  expect(fewer.version.trainingExamples.edges).toHaveLength(1)
})

describe('what cannot be made', () => {
  it.each([
    ['a base that is not there', { input: { baseModel: 'nobody:7b' } }, 'does not have the model nobody:7b. Get it with `ollama pull nobody:7b`'],
    ['a full disk', { fault: { says: 'write blob: no space left on device' } }, 'Free some space'],
    ['an error in the middle of a stream', { fault: { says: 'max retries exceeded' } }, 'max retries exceeded'],
    ['a model that keeps nothing of what it was given', { fault: 'keeps nothing' }, 'is not as it must be'],
  ] as const)('is FAILED with the reason, and nothing is left of it: %s', async (_name, { input, fault }: any, message) => {
    if (fault) ollama.next(fault)
    const before = [...ollama.models.keys()]
    const { end, version } = await built({ ...input, systemPrompt: 'Be kind.' })
    expect(end).toMatchObject({ __typename: 'RunFailed', code: 'MODEL_NOT_BUILT', message: expect.stringContaining(message) })
    expect(version).toMatchObject({ status: 'FAILED', failureMessage: expect.stringContaining(message), generatorModel: null })
    expect([...ollama.models.keys()]).toEqual(before)
    expect((await desk.ask('{ activeModelVersion { name } }')).activeModelVersion.name).toBe('Built-in')
  })

  it('is tried again when the server goes away in the middle', async () => {
    ollama.next('dies')
    const { version } = await built({ systemPrompt: 'Be kind.' })
    expect(version).toMatchObject({ status: 'CANDIDATE' })
  })

  it('is CANCELLED in the middle, and its version FAILED', async () => {
    const until = Promise.withResolvers<void>()
    ollama.hold(until.promise)
    const run = await build({ systemPrompt: 'Be kind.' })
    if (run.__typename !== 'ModelBuildRun') throw new Error(JSON.stringify(run))
    for await (const { runEvents } of server.events(RunEventsDocument, { runId: run.id, afterSeq: 0 })) {
      if (runEvents.__typename === 'RunProgress' && runEvents.step === 'create') {
        await server.run(CancelRunDocument, { input: { runId: run.id } })
        ollama.hold(null)
        until.resolve()
      }
      if (runEvents.__typename !== 'RunProgress') expect(runEvents.__typename).toBe('RunCancelled')
    }
    expect(await read(run.modelVersion!.id)).toMatchObject({ status: 'FAILED', failureMessage: expect.stringContaining('cancelled') })
  })

  it.each([
    [{ name: '' }, 'INVALID_INPUT'],
    [{ name: 'Built-in' }, 'CONFLICT'],
    [{ baseModel: 'not a name' }, 'INVALID_INPUT'],
    [{ maximumExamples: 101 }, 'INVALID_INPUT'],
    [{ maximumExamples: 0 }, 'NOT_ENOUGH_DATA'],
  ] satisfies [Partial<BuildCustomModelInput>, string][])('is refused: %j', async (input, code) => {
    expect(await build(input)).toMatchObject({ code })
  })
})

it('is one more prompt on a server that makes no models, and refused where there is none', async () => {
  const extractive = await startServer({ environment: { EMBEDDER: 'none' } })
  const { buildCustomModel } = await extractive.run(BuildCustomModelDocument, {
    input: { name: 'x', baseModel: 'llama3.2', systemPrompt: 'Be kind.' },
  })
  expect(buildCustomModel).toMatchObject({ code: 'GENERATOR_UNAVAILABLE', message: expect.stringContaining('GENERATOR') })
  await extractive.stop()
})

it('loses what it keeps of a customer who is erased, and says that its model has seen it', async () => {
  const { id } = await built({ systemPrompt: 'C' })
  const { conversation } = await database().trainingExample.findUniqueOrThrow({ where: { id: exampleIds[2]! }, include: { conversation: true } })
  const erased = await desk.mutate('eraseCustomer', { customerId: globalId('Customer', conversation.customerId) }, 'modelVersions trainingExamples')
  expect(erased.modelVersions).toContain(`Custom ${number}`)
  const { modelfile, erasedExamples, messages } = await database().modelVersion.findUniqueOrThrow({ where: { id: rowId(id) } })
  expect(erasedExamples).toBe(1)
  expect(modelfile).not.toContain('Norway')
  expect(modelfile).toContain('How long does delivery take?')
  expect(messages).toHaveLength(1)
})

it('goes on where a server ended in the middle', async () => {
  const until = Promise.withResolvers<void>()
  ollama.hold(until.promise)
  const run = await build({ systemPrompt: 'Be kind.' })
  if (run.__typename !== 'ModelBuildRun') throw new Error(JSON.stringify(run))
  for await (const { runEvents } of server.events(RunEventsDocument, { runId: run.id, afterSeq: 0 }))
    if (runEvents.__typename === 'RunProgress' && runEvents.step === 'choose' && runEvents.done === 1) break
  ollama.hold(null)
  const restarting = server.restart()
  until.resolve()
  await restarting
  const steps = []
  for await (const { runEvents } of server.events(RunEventsDocument, { runId: run.id, afterSeq: 0 })) steps.push(runEvents.__typename)
  expect(steps.at(-1)).toBe('RunCompleted')
  expect(await read(run.modelVersion!.id)).toMatchObject({ status: 'CANDIDATE' })
})
