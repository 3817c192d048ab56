import { execFileSync } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CancelRunDocument, RunEventsDocument, StartFineTuningDocument, type StartFineTuningInput } from '../generated/graphql.ts'
import { deskOf, rowId } from '../support/desk.ts'
import { type ModelOllama, startModelOllama } from '../support/model-ollama.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { teachReplies } from '../support/teach-replies.ts'

const testsOfTrainer = new URL('../../trainer/tests', import.meta.url).pathname
/** As `pip install ./trainer` puts it; CI has it in the environment of `.ci/trainer`. */
const trainer = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'understudy-trainer'))
  .find(isExecutable)

const folder = mkdtempSync(join(tmpdir(), 'understudy-bases-'))
let ollama: ModelOllama
let server: TestServer
const desk = deskOf(() => server)
const database = () => server.app.resources.database

beforeAll(async () => {
  ollama = await startModelOllama({ say: ({ model }) => `I am ${model}` })
  server = await startServer({
    environment: {
      ...{ GENERATOR: 'ollama', OLLAMA_HOST: ollama.url, OLLAMA_MODEL: 'llama3.2', EMBEDDER: 'none' },
      BASE_MODELS_DIR: folder,
      TRAINER_COMMAND: trainer ?? join(folder, 'no-trainer'),
    },
  })
  for (const intent of ['returns', 'shipping'])
    await teachReplies(
      server,
      Array.from({ length: 6 }, (_, index) => [`${intent} question ${index}?`, `Hi there,\n\nAbout ${intent} we say ${index} days.\n\n— The crew`]),
      { intent },
    )
  writeFileSync(join(folder, 'broken.gguf'), 'this is no model')
  mkdirSync(join(folder, 'as-folder'))
})
afterAll(async () => {
  await server?.stop()
  await ollama?.close()
  rmSync(folder, { recursive: true, force: true })
})

let number = 0
const start = async (input: Partial<StartFineTuningInput> = {}) =>
  (await server.run(StartFineTuningDocument, { input: { name: `Tuned ${number++}`, baseModel: 'tiny', minimumExamples: 8, ...input } }))
    .startFineTuning
const selection = `status failureCode failureMessage examples heldOut losses { step loss heldOutLoss } adapterPath settings { epochs rank targetModules }
  modelVersion { id status generatorModel failureMessage datasetSha256 modelfile probes { name passed detail } trainingExamples(first: 50) { edges { node { id } } } }`
async function ended(id: string) {
  const events = []
  for await (const { runEvents } of server.events(RunEventsDocument, { runId: id, afterSeq: 0 })) events.push(runEvents)
  const { node } = await desk.ask(`query ($id: ID!) { node(id: $id) { ... on FineTuningRun { ${selection} } } }`, { id })
  return { ...node, events }
}
async function tuned(input: Partial<StartFineTuningInput> = {}) {
  const run = await start(input)
  if (run.__typename !== 'FineTuningRun') throw new Error(JSON.stringify(run))
  return ended(run.id)
}
const leftOf = (id: string) => join(server.app.resources.config.DATA_DIR, 'fine-tuning', rowId(id))

describe('a fine-tuning', () => {
  it.each([
    [{ minimumExamples: 13 }, 'NOT_ENOUGH_DATA', 'Only 12 approved replies can be trained on, and 13 are asked for'],
    [{ minimumExamples: undefined }, 'NOT_ENOUGH_DATA', 'fewer than 100'],
    [{ name: '' }, 'INVALID_INPUT', 'name'],
    [{ baseModel: '../secret' }, 'INVALID_INPUT', 'baseModel'],
    [{ baseModel: 'a/b' }, 'INVALID_INPUT', 'without a path'],
    [{ epochs: 0 }, 'INVALID_INPUT', 'epochs is 0'],
    [{ rank: 0 }, 'INVALID_INPUT', 'rank is 0'],
    [{ learningRate: 1 }, 'INVALID_INPUT', 'learningRate'],
    [{ targetModules: ['q_proj; rm'] }, 'INVALID_INPUT', 'targetModules'],
    [{ targetModules: ['all-linear', 'q_proj'] }, 'INVALID_INPUT', 'all-linear'],
    [{ name: 'Built-in' }, 'CONFLICT', 'already'],
  ] satisfies [Partial<StartFineTuningInput>, string, string][])('is refused with %j', async (input, code, message) => {
    expect(await start(input)).toMatchObject({ code, message: expect.stringContaining(message) })
  })

  it('of a base that is not there says which ones are', async () => {
    const run = await tuned({ baseModel: 'nobody' })
    expect(run).toMatchObject({
      status: 'FAILED',
      failureCode: 'MODEL_NOT_BUILT',
      failureMessage: expect.stringContaining('It has as-folder, broken.gguf'),
    })
    expect(run.modelVersion).toMatchObject({ status: 'FAILED', failureMessage: run.failureMessage, generatorModel: null })
  })

  it('of a folder says that Ollama takes none', async () => {
    expect(await tuned({ baseModel: 'as-folder' })).toMatchObject({ status: 'FAILED', failureMessage: expect.stringContaining('.gguf') })
  })

  it.skipIf(trainer)('says how to install the trainer, and leaves no word of a customer on the disk', async () => {
    const run = await tuned({ baseModel: 'broken' })
    expect(run).toMatchObject({
      status: 'FAILED',
      failureCode: 'TRAINER_NOT_INSTALLED',
      failureMessage: expect.stringContaining('pip install ./trainer'),
    })
    expect(run.examples).toBe(12)
    expect(readdirSync(join(server.app.resources.config.DATA_DIR, 'fine-tuning'))).toEqual([])
    expect((await desk.ask('{ activeModelVersion { name } }')).activeModelVersion.name).toBe('Built-in')
  })
})

/** So that answers of so small a model surely change. */
const strong = { learningRate: 0.01, rank: 8, targetModules: ['all-linear'] }

describe.skipIf(!trainer)('with the trainer of trainer/, which is not installed everywhere', () => {
  beforeAll(() => {
    const script = `import sys; sys.path.insert(0, ${JSON.stringify(testsOfTrainer)})
from pathlib import Path
from tiny_model import make_model, make_tokenizer, save_gguf
tokenizer = make_tokenizer()
save_gguf(make_model(tokenizer), tokenizer, Path(${JSON.stringify(join(folder, 'tiny.gguf'))}))`
    execFileSync(join(dirname(trainer!), 'python'), ['-c', script], { env: { ...process.env, HF_HUB_OFFLINE: '1' } })
  })

  it('trains, merges, uploads, tries and stores, and each hop can be asked for', async () => {
    const run = await tuned({ epochs: 12, ...strong })
    expect(run.failureMessage).toBeNull()
    expect(run).toMatchObject({ status: 'COMPLETED', examples: 12, heldOut: 0, settings: { epochs: 12, rank: 8, targetModules: ['all-linear'] } })
    const steps = new Set(run.events.map((event: any) => event.step ?? event.__typename))
    expect([...steps]).toEqual(expect.arrayContaining(['dataset', 'train', 'merge', 'upload', 'create', 'probe', 'RunCompleted']))
    expect(run.losses.length).toBeGreaterThan(0)
    const { modelVersion: version } = run
    expect(version).toMatchObject({
      status: 'CANDIDATE',
      datasetSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      modelfile: expect.stringContaining('FROM @sha256:'),
    })
    expect(version.probes.map(({ name, passed }: any) => [name, passed])).toEqual([
      ['TEMPLATE', true],
      ['EFFECT', true],
    ])
    expect(version.trainingExamples.edges).toHaveLength(12)
    const [digest] = ollama.blobs
    expect(ollama.models.get(`${version.generatorModel}:latest`)).toMatchObject({ from: digest })
    expect(existsSync(join(run.adapterPath, 'adapter_model.safetensors'))).toBe(true)
    const left = readdirSync(dirname(dirname(run.adapterPath)))
    expect(left).toEqual(['run'])
    expect(await database().modelVersion.count({ where: { status: 'ACTIVE', name: 'Built-in' } })).toBe(1)
  }, 120_000)

  it.each([
    ['a truncated file', { baseModel: 'broken' }, 'GGUF_INVALID'],
    ['a loss that is no number', { learningRate: 0.1, epochs: 50, rank: 512, alpha: 2048 }, null],
  ] as const)(
    'of %s says so',
    async (_name, input, code) => {
      const run = await tuned(input)
      // So small a model may survive whatever is done to it.
      if (code) expect(run).toMatchObject({ status: 'FAILED', failureCode: code })
      expect(['CANDIDATE', 'FAILED']).toContain(run.modelVersion.status)
      expect(run.modelVersion.status === 'FAILED').toBe(run.status === 'FAILED')
    },
    120_000,
  )

  it('is one at a time, stops when it is cancelled, and leaves nothing', async () => {
    const run = await start({ epochs: 50 })
    if (run.__typename !== 'FineTuningRun') throw new Error(JSON.stringify(run))
    expect(await start()).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('cancelRun') })
    for await (const { runEvents } of server.events(RunEventsDocument, { runId: run.id, afterSeq: 0 }))
      if (runEvents.__typename === 'RunProgress' && runEvents.step === 'train') break
    await server.run(CancelRunDocument, { input: { runId: run.id } })
    const { status, modelVersion } = await ended(run.id)
    expect([status, modelVersion.status]).toEqual(['CANCELLED', 'FAILED'])
    expect(existsSync(leftOf(run.id))).toBe(false)
  }, 120_000)

  it('goes on from its last checkpoint when the server ended in the middle', async () => {
    const run = await start({ epochs: 30, ...strong })
    if (run.__typename !== 'FineTuningRun') throw new Error(JSON.stringify(run))
    for await (const { runEvents } of server.events(RunEventsDocument, { runId: run.id, afterSeq: 0 }))
      if (runEvents.__typename === 'RunProgress' && runEvents.step === 'train') break
    await teachReplies(server, [['One more?', 'It was approved too late for what is being trained.']], { intent: 'returns' })
    await server.restart()
    expect(await ended(run.id)).toMatchObject({ failureMessage: null, status: 'COMPLETED', examples: 12, modelVersion: { status: 'CANDIDATE' } })
  }, 120_000)
})

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
