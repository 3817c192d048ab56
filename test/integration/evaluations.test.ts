import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CreateModelVersionDocument, RunEventsDocument, StartEvaluationDocument, type StartEvaluationInput } from '../generated/graphql.ts'
import { deskOf, globalId, rowId } from '../support/desk.ts'
import { type AskedChat, type ModelOllama, startModelOllama } from '../support/model-ollama.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { teachReplies } from '../support/teach-replies.ts'

const replies = Array.from({ length: 8 }, (_, index): [string, string] => [
  `Question ${index}: how long may I keep the tent number ${index}?`,
  `Hi there,\n\nYou may keep tent ${index} for thirty days and then send it back to our shop.\n\n— The crew`,
])
const wrong = 'Hi there,\n\nNobody here can say anything about that, please ask again some other time.\n\n— The crew'

let ollama: ModelOllama
let server: TestServer
const desk = deskOf(() => server)
const database = () => server.app.resources.database
let heldOutIds: string[]
let asked: AskedChat[] = []

/** The good model writes what the agent wrote; the others say that nobody knows. */
function say(chat: AskedChat): string {
  asked.push(chat)
  const known = replies.find(([question]) => chat.messages.at(-1)!.content.includes(question))
  return chat.model === 'good:latest' && known ? known[1] : wrong
}

beforeAll(async () => {
  ollama = await startModelOllama({ bases: ['llama3.2:latest', 'good:latest'], say })
  server = await startServer({ environment: { GENERATOR: 'ollama', OLLAMA_HOST: ollama.url, OLLAMA_MODEL: 'llama3.2' } })
  await teachReplies(server, [['Never held out?', 'It is not, and so it is not measured with.']])
  heldOutIds = [
    ...(await teachReplies(server, replies.slice(0, 4), { heldOut: true, intent: 'returns' })),
    ...(await teachReplies(server, replies.slice(4), { heldOut: true, intent: 'keeping' })),
  ]
})
afterAll(async () => {
  await server?.stop()
  await ollama?.close()
})

async function version(name: string, input: object = {}): Promise<string> {
  const { createModelVersion } = await server.run(CreateModelVersionDocument, { input: { name, ...input } })
  if (createModelVersion.__typename !== 'ModelVersion') throw new Error(JSON.stringify(createModelVersion))
  return createModelVersion.id
}
const start = async (input: StartEvaluationInput) => (await server.run(StartEvaluationDocument, { input })).startEvaluation
const figures = 'editRatio semanticSimilarity bleu support lengthRatio escalationAgreement seconds'
const comparison = 'metric difference low high cases outcome'
const selection = `status cases generator generatorModel heldOutSha256 modelVersion { name metrics { editRatio bleu } } comparedTo { name metrics { editRatio } }
  metrics { ${figures} } comparedMetrics { ${figures} } comparisons { ${comparison} } byIntent { intent cases metrics { editRatio } comparedMetrics { editRatio } comparisons { ${comparison} } }`
async function ended(id: string) {
  const types: string[] = []
  for await (const { runEvents } of server.events(RunEventsDocument, { runId: id, afterSeq: 0 })) types.push(runEvents.__typename)
  const { node } = await desk.ask(`query ($id: ID!) { node(id: $id) { ... on EvaluationRun { ${selection} failureCode failureMessage } } }`, { id })
  return { ...node, types }
}
async function evaluated(input: StartEvaluationInput) {
  const run = await start(input)
  if (run.__typename !== 'EvaluationRun') throw new Error(JSON.stringify(run))
  return ended(run.id)
}

it('measures a version on held-out conversations, pair by pair beside another, by intent, and stores it on both', async () => {
  const [good, plain] = [await version('Good', { baseModel: 'good' }), await version('Plain')]
  asked = []
  const run = await evaluated({ modelVersionId: good, comparedToId: plain })
  expect(run.types).toEqual([...Array(8).fill('RunProgress'), 'RunCompleted'])
  expect(asked.map(({ model }) => model).sort()).toEqual([...Array(8).fill('good:latest'), ...Array(8).fill('llama3.2:latest')])
  expect(run).toMatchObject({ status: 'COMPLETED', cases: 8, generator: 'OLLAMA', generatorModel: 'good', comparedTo: { name: 'Plain' } })
  expect(run.metrics).toMatchObject({
    editRatio: 0,
    bleu: expect.closeTo(100, 5),
    lengthRatio: expect.closeTo(1, 5),
    escalationAgreement: expect.any(Number),
  })
  expect(run.metrics.semanticSimilarity).toBeCloseTo(1, 3)
  expect(run.comparedMetrics.editRatio).toBeGreaterThan(0.5)
  const outcomes = Object.fromEntries(run.comparisons.map((one: any) => [one.metric, one]))
  expect(outcomes.EDIT_RATIO).toMatchObject({ outcome: 'BETTER', cases: 8 })
  expect(outcomes.EDIT_RATIO.high).toBeLessThan(0)
  expect(outcomes.EDIT_RATIO.difference).toBeCloseTo(-run.comparedMetrics.editRatio, 6)
  expect(outcomes.SEMANTIC_SIMILARITY.outcome).toBe('BETTER')
  expect(outcomes.ESCALATION_AGREEMENT.outcome).toBe('NO_DIFFERENCE')
  expect(run.byIntent.map(({ intent, cases }: any) => [intent, cases])).toEqual([
    ['keeping', 4],
    ['returns', 4],
  ])
  expect(run.modelVersion.metrics).toMatchObject({ editRatio: 0 })
  expect(run.comparedTo.metrics.editRatio).toBe(run.comparedMetrics.editRatio)
  const { node } = await desk.ask('query ($id: ID!) { node(id: $id) { ... on ModelVersion { evaluations { edges { node { cases } } } } } }', {
    id: good,
  })
  expect(node.evaluations.edges).toEqual([{ node: { cases: 8 } }])
  // The other way round it is worse, by the same.
  const reversed = await evaluated({ modelVersionId: plain, comparedToId: good })
  expect(reversed.comparisons.find((one: any) => one.metric === 'EDIT_RATIO')).toMatchObject({
    outcome: 'WORSE',
    difference: expect.closeTo(-outcomes.EDIT_RATIO.difference, 6),
  })
  expect(reversed.heldOutSha256).toBe(run.heldOutSha256)
})

it('never measures with what a version was made of', async () => {
  const id = await version('Made of one', { baseModel: 'good' })
  await database().modelVersionExample.create({ data: { modelVersionId: rowId(id), trainingExampleId: heldOutIds[0]! } })
  expect(await evaluated({ modelVersionId: id, limit: 100 })).toMatchObject({ cases: 7, comparedMetrics: null, comparisons: [] })
  expect(await evaluated({ modelVersionId: id, limit: 2 })).toMatchObject({ cases: 2 })
})

describe('what goes wrong', () => {
  it.each([
    [() => ({ modelVersionId: 'nobody' }), 'NOT_FOUND', 'model version'],
    [async () => ({ modelVersionId: await activeId(), limit: 0 }), 'INVALID_INPUT', 'from 1 to 1000'],
    [async () => ({ modelVersionId: await activeId(), comparedToId: await activeId() }), 'INVALID_INPUT', 'the version itself'],
    [async () => ({ modelVersionId: await failedId() }), 'CONFLICT', 'FAILED'],
  ] as const)('is refused, and explained', async (input, code, message) => {
    expect(await start(await input())).toMatchObject({ code, message: expect.stringContaining(message) })
  })
  const activeId = async () => (await desk.ask('{ activeModelVersion { id } }')).activeModelVersion.id as string
  async function failedId() {
    const { id } = await database().modelVersion.create({ data: { name: 'Failed', kind: 'PROMPT', status: 'FAILED' } })
    return globalId('ModelVersion', id)
  }

  it('is NOT_ENOUGH_DATA without held-out conversations', async () => {
    await database().trainingExample.updateMany({ where: { id: { in: heldOutIds } }, data: { heldOut: false } })
    expect(await start({ modelVersionId: await activeId() })).toMatchObject({
      code: 'NOT_ENOUGH_DATA',
      message: expect.stringContaining('startRetraining'),
    })
    await database().trainingExample.updateMany({ where: { id: { in: heldOutIds } }, data: { heldOut: true } })
  })

  it('FAILS with the reason when the version’s model is gone', async () => {
    const id = await version('Gone', { baseModel: 'gone:1b' })
    expect(await evaluated({ modelVersionId: id })).toMatchObject({
      status: 'FAILED',
      failureCode: 'GENERATOR_UNAVAILABLE',
      failureMessage: expect.stringContaining('does not have the model gone:1b'),
    })
  })

  it('can be cancelled, and leaves the figures of before', async () => {
    const id = await version('Cancelled', { baseModel: 'good' })
    const run = await start({ modelVersionId: id })
    if (run.__typename !== 'EvaluationRun') throw new Error(JSON.stringify(run))
    await desk.ask('mutation ($input: CancelRunInput!) { cancelRun(input: $input) { __typename } }', { input: { runId: run.id } })
    expect((await ended(run.id)).status).toBe('CANCELLED')
    expect((await database().modelVersion.findUniqueOrThrow({ where: { id: rowId(id) } })).metrics).toBeNull()
  })
})

it('goes on after the last conversation when a server ends in the middle', async () => {
  const id = await version('Resumed', { baseModel: 'good' })
  const run = await start({ modelVersionId: id })
  if (run.__typename !== 'EvaluationRun') throw new Error(JSON.stringify(run))
  for await (const { runEvents } of server.events(RunEventsDocument, { runId: run.id, afterSeq: 0 })) if (runEvents.seq >= 3) break
  await server.restart()
  const { status, cases, types } = await ended(run.id)
  expect({ status, cases, steps: types.filter((type: string) => type === 'RunProgress').length }).toEqual({ status: 'COMPLETED', cases: 8, steps: 8 })
})
