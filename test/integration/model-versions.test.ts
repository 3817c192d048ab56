import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GeneratorError } from '../../src/engines/generator.ts'
import { activeModelVersion } from '../../src/services/models/active-model-version.ts'
import {
  CreateModelVersionDocument,
  type CreateModelVersionInput,
  ModelVersionsDocument,
  PromoteModelVersionDocument,
  type PromoteModelVersionInput,
} from '../generated/graphql.ts'
import { deskOf, rowId } from '../support/desk.ts'
import { askForDraft, collect, followOverWebSocket } from '../support/drafting.ts'
import { scriptGenerator } from '../support/scripted-generator.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
const desk = deskOf(() => server)
let hold: (() => Promise<unknown>) | null = null
const scripted = scriptGenerator(() => ({ pieces: ['Hello. ', ...(hold ? [hold] : []), 'Bye.'] }))
const missing = new Set<string>()

beforeAll(async () => {
  const [current, fallback] = [scripted.generators.current(), scripted.generators.fallback]
  const check = async (model?: string) =>
    missing.has(model ?? '') ? { status: 'unavailable' as const, detail: `There is no ${model}.` } : { status: 'ready' as const, detail: '' }
  server = await startServer({ generators: { ...scripted.generators, current: () => ({ ...current, check }), fallback } })
})
afterAll(() => server?.stop())

async function create(input: CreateModelVersionInput) {
  return (await server.run(CreateModelVersionDocument, { input })).createModelVersion
}
async function created(input: CreateModelVersionInput): Promise<string> {
  const version = await create(input)
  if (version.__typename !== 'ModelVersion') throw new Error(JSON.stringify(version))
  return version.id
}
async function promote(input: PromoteModelVersionInput) {
  return (await server.run(PromoteModelVersionDocument, { input })).promoteModelVersion
}
const rollBack = (input: object = {}) => desk.mutate('rollBackModelVersion', input, 'name')
const read = async (id: string, selection: string) =>
  (await desk.ask(`query ($id: ID!) { node(id: $id) { ... on ModelVersion { ${selection} } } }`, { id })).node
const activeId = async () => (await desk.ask('{ activeModelVersion { id } }')).activeModelVersion.id as string

async function draft(): Promise<string> {
  const draftId = await askForDraft(server, await desk.open('How long do refunds take?'))
  await collect(followOverWebSocket(server, draftId))
  return draftId
}
const draftOf = (id: string) => server.app.resources.database.draft.findUniqueOrThrow({ where: { id: rowId(id) }, include: { modelVersion: true } })

describe('a model version', () => {
  it('differs from its parent in what is given, and goes back to the configuration where null is', async () => {
    const parentId = await created({ name: 'Warm', systemPrompt: 'Be warm.', parameters: { temperature: 0.7, topP: 0.9 }, baseModel: 'llama3.2' })
    const id = await created({
      name: 'Warm and short',
      parentId,
      parameters: { temperature: null, maximumTokens: 100 },
      fewShot: { count: 1, strategy: 'FIXED' },
    })
    const selection =
      'kind status baseModel generatorModel systemPrompt parameters { temperature topP contextTokens maximumTokens } fewShot { count strategy } parent { id }'
    expect(await read(id, selection)).toEqual({
      kind: 'PROMPT',
      status: 'CANDIDATE',
      baseModel: 'llama3.2',
      generatorModel: 'llama3.2',
      systemPrompt: 'Be warm.',
      parameters: { temperature: null, topP: 0.9, contextTokens: null, maximumTokens: 100 },
      fewShot: { count: 1, strategy: 'FIXED' },
      parent: { id: parentId },
    })
    const plain = await created({ name: 'Plain', parentId, systemPrompt: null, parameters: null, fewShot: null, baseModel: null })
    expect(await read(plain, 'generatorModel systemPrompt parameters { temperature topP } fewShot { count strategy }')).toEqual({
      generatorModel: null,
      systemPrompt: null,
      parameters: { temperature: null, topP: null },
      fewShot: { count: 3, strategy: 'NEAREST' },
    })
    const { modelVersions } = await server.run(ModelVersionsDocument, {})
    expect(modelVersions.edges.map(({ node }) => node.name).slice(0, 3)).toEqual(['Plain', 'Warm and short', 'Warm'])
  })

  it.each([
    [{ name: ' ' }, 'INVALID_INPUT', 'name is empty'],
    [{ name: 'Built-in' }, 'CONFLICT', 'already'],
    [{ name: 'a', systemPrompt: 'x'.repeat(8_001) }, 'INVALID_INPUT', '8000'],
    [{ name: 'a', parameters: { temperature: 2.1 } }, 'INVALID_INPUT', 'from 0 to 2'],
    [{ name: 'a', parameters: { contextTokens: 100 } }, 'INVALID_INPUT', 'from 512'],
    [{ name: 'a', parameters: { contextTokens: 1000, maximumTokens: 600 } }, 'INVALID_INPUT', 'more than half'],
    [{ name: 'a', fewShot: { count: 6, strategy: 'NEAREST' } }, 'INVALID_INPUT', 'from 0 to 5'],
    [{ name: 'a', fewShot: { count: 1, strategy: 'NONE' } }, 'INVALID_INPUT', 'Use 0'],
    [{ name: 'a', baseModel: '../../etc/passwd' }, 'INVALID_INPUT', 'no name of a model'],
    [{ name: 'a', parentId: 'nobody' }, 'NOT_FOUND', 'model version'],
  ] satisfies [CreateModelVersionInput, string, string][])('refuses %j', async (input, code, message) => {
    expect(await create(input)).toMatchObject({ code, message: expect.stringContaining(message) })
  })
})

describe('a promotion', () => {
  it('changes what the next draft is written with, at once, and leaves the one that is being written', async () => {
    const before = await activeId()
    const id = await created({
      name: 'Pirate',
      systemPrompt: 'Talk like a pirate.',
      parameters: { temperature: 1, topP: 0.5 },
      baseModel: 'pirate:7b',
    })
    const written = Promise.withResolvers<void>()
    hold = () => written.promise
    const draftId = await askForDraft(server, await desk.open('How long do refunds take?'))
    const events = followOverWebSocket(server, draftId)
    for await (const event of events) if (event.__typename === 'DraftDelta') break
    hold = null
    expect(await promote({ modelVersionId: id, expectedActiveId: before })).toMatchObject({ id, status: 'ACTIVE' })
    written.resolve()
    await collect(followOverWebSocket(server, draftId))
    expect(await draftOf(draftId)).toMatchObject({ status: 'READY', modelVersion: { name: 'Built-in' }, generatorModel: 'scripted' })

    expect(await draftOf(await draft())).toMatchObject({ modelVersion: { name: 'Pirate' }, generatorModel: 'pirate:7b' })
    const { model, messages, parameters } = scripted.requests.at(-1)!
    expect({ model, ...parameters }).toMatchObject({ model: 'pirate:7b', temperature: 1, topP: 0.5 })
    expect(messages[0]!.content).toContain('Talk like a pirate.')
    const { drafts } = await read(id, 'drafts { edges { node { status } } }')
    expect(drafts.edges).toEqual([{ node: { status: 'READY' } }])
    expect((await read(before, 'status')).status).toBe('RETIRED')
  })

  it('is undone by one mutation, which goes one further back the next time', async () => {
    const [second, third] = [await created({ name: 'Second' }), await created({ name: 'Third' })]
    await promote({ modelVersionId: second })
    await promote({ modelVersionId: third })
    expect(await rollBack({ expectedActiveId: second })).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('"Third"') })
    expect(await rollBack({ expectedActiveId: third })).toMatchObject({ name: 'Second' })
    expect(await rollBack()).toMatchObject({ name: 'Pirate' })
    expect(await rollBack()).toMatchObject({ name: 'Built-in' })
    expect(await rollBack()).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('nothing to go back to') })
    const { promotions } = await read(second, 'promotions { edges { node { reason replaced { name } } } }')
    expect(promotions.edges.map(({ node }: any) => [node.reason, node.replaced.name])).toEqual([
      ['ROLL_BACK', 'Third'],
      ['MANUAL', 'Pirate'],
    ])
  })

  it('is refused for a version that is being made, that failed, that nobody knows, or whose model is gone', async () => {
    const { database } = server.app.resources
    const active = await activeId()
    for (const [status, message] of [
      ['BUILDING', 'still being made'],
      ['FAILED', 'no such base'],
    ] as const) {
      const id = await created({ name: status })
      await database.modelVersion.update({ where: { id: rowId(id) }, data: { status, failureMessage: 'no such base.' } })
      expect(await promote({ modelVersionId: id })).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining(message) })
    }
    expect(await promote({ modelVersionId: 'nobody' })).toMatchObject({ code: 'NOT_FOUND' })
    missing.add('gone:1b')
    const gone = await created({ name: 'Gone', baseModel: 'gone:1b' })
    expect(await promote({ modelVersionId: gone })).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('There is no gone:1b.') })
    expect(await activeId()).toBe(active)
  })

  it('of two at once lets one replace what it expects', async () => {
    const expectedActiveId = await activeId()
    const ids = await Promise.all(Array.from({ length: 6 }, (_, index) => created({ name: `At once ${index}` })))
    const results = await Promise.all(ids.map((modelVersionId) => promote({ modelVersionId, expectedActiveId })))
    expect(results.map(({ __typename }) => __typename).sort()).toEqual([...Array(5).fill('ConflictError'), 'ModelVersion'])
    const { database } = server.app.resources
    expect(await database.modelVersion.count({ where: { status: 'ACTIVE' } })).toBe(1)
    expect(await database.promotion.count({ where: { modelVersionId: { in: ids.map(rowId) } } })).toBe(1)
    await rollBack()
  })

  it('waits for an experiment to be stopped', async () => {
    const { database } = server.app.resources
    const { id } = await database.experiment.create({ data: { name: 'Two', status: 'RUNNING', primaryMetric: 'EDIT_RATIO' } })
    const modelVersionId = await created({ name: 'Meanwhile' })
    expect(await promote({ modelVersionId })).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('"Two"') })
    await database.experiment.delete({ where: { id } })
  })
})

it('says what is wrong when the version’s model fails', async () => {
  const id = await created({ name: 'Broken', baseModel: 'broken:1b' })
  await promote({ modelVersionId: id })
  hold = async () => {
    throw new GeneratorError('broken:1b is broken.', { retryable: false })
  }
  const draftId = await draft()
  hold = null
  expect(await draftOf(draftId)).toMatchObject({ status: 'FAILED', failureMessage: expect.stringContaining('broken:1b is broken.') })
  await rollBack()
  expect((await activeModelVersion(server.app.resources)).name).toBe('Built-in')
})
