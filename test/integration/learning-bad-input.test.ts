import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runRetraining } from '../../src/services/training/run-retraining.ts'
import { startRetraining } from '../../src/services/training/start-retraining.ts'
import {
  ExportTrainingDataDocument,
  GiveFeedbackDocument,
  RunEventsDocument,
  ScheduleRetrainingDocument,
  StartRetrainingDocument,
} from '../generated/graphql.ts'
import { deskOf, globalId, rowId } from '../support/desk.ts'
import { askForDraft, collect, followOverWebSocket } from '../support/drafting.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { teachReplies } from '../support/teach-replies.ts'

let server: TestServer
const desk = deskOf(() => server)
const database = () => server.app.resources.database
let number = 0
const reply = (): [string, string] => [
  `Question ${number}: may I keep it?`,
  `Hi there,\n\nYou may keep number ${number++} for thirty days.\n\n— The crew`,
]

beforeAll(async () => {
  server = await startServer()
  await desk.mutate('createArticle', { title: 'Keeping', body: 'You may keep it for thirty days.', category: 'help' }, 'id')
})
afterAll(() => server?.stop())

async function finished(runId: string): Promise<string> {
  let last = ''
  for await (const { runEvents } of server.events(RunEventsDocument, { runId: globalId('RetrainingRun', runId), afterSeq: 0 }))
    last = runEvents.__typename
  return last
}
async function retrained() {
  const { startRetraining: started } = await server.run(StartRetrainingDocument, { input: {} })
  if (started.__typename !== 'RetrainingRun') throw new Error(JSON.stringify(started))
  await finished(rowId(started.id))
  return database().retraining.findUniqueOrThrow({ where: { runId: rowId(started.id) } })
}

describe('a retraining', () => {
  it('of one example learns from it, and says that nothing was measured', async () => {
    await teachReplies(server, [reply()])
    expect(await retrained()).toMatchObject({
      activated: true,
      examplesProcessed: 1,
      heldOutCases: 0,
      reason: expect.stringContaining('without a measurement'),
    })
  })

  it('counts each example once, whatever the clock said when it was made', async () => {
    const [past, future] = await teachReplies(server, [reply(), reply()])
    await database().trainingExample.update({ where: { id: past! }, data: { createdAt: new Date('1999-01-01') } })
    await database().trainingExample.update({ where: { id: future! }, data: { createdAt: new Date('2099-01-01') } })
    const taken = async () => (await retrained()).examplesProcessed
    const first = await taken()
    const processedOrHeldOut = await database().trainingExample.count({
      where: { id: { in: [past!, future!] }, OR: [{ processed: true }, { heldOut: true }] },
    })
    expect([first + (await database().trainingExample.count({ where: { heldOut: true } })), processedOrHeldOut]).toEqual([2, 2])
    expect(await taken()).toBe(0)
  })

  it('stops when a customer whose words it has collected is erased, and none of them is learned', async () => {
    const [id] = await teachReplies(server, [reply(), reply(), reply()])
    const { conversation } = await database().trainingExample.findUniqueOrThrow({ where: { id: id! }, include: { conversation: true } })
    // As no worker would: it is driven here, up to the step that collects.
    const run = await database().run.create({ data: { kind: 'RETRAINING', retraining: { create: {} } } })
    const { wakeUps } = server.app.resources
    let steps = 0
    const dying = {
      ...server.app.resources,
      wakeUps: {
        ...wakeUps,
        // Told after a step was stored: triage, then collect.
        notify() {
          if (++steps === 2) throw new Error('killed')
        },
      },
    }
    await runRetraining(dying, { runId: run.id, signal: new AbortController().signal, isLastTry: false }).catch(() => {})
    expect(await database().retrainingExample.count({ where: { retrainingId: run.id, trainingExampleId: id! } })).toBe(1)
    await desk.mutate('eraseCustomer', { customerId: globalId('Customer', conversation.customerId) })
    await runRetraining(server.app.resources, { runId: run.id, signal: new AbortController().signal, isLastTry: true })
    expect(await database().run.findUniqueOrThrow({ where: { id: run.id } })).toMatchObject({ status: 'CANCELLED' })
    expect(await database().trainingExample.count({ where: { id: id! } })).toBe(0)
    expect(await database().fewShotExample.count({ where: { trainingExampleId: id! } })).toBe(0)
    await expect
      .poll(() => database().run.count({ where: { kind: 'RETRAINING', status: { in: ['QUEUED', 'RUNNING'] } } }), { timeout: 30_000 })
      .toBe(0)
  })

  it('of two started at once is one', async () => {
    const starts = await Promise.allSettled(Array.from({ length: 4 }, () => startRetraining(server.app.resources, { by: null })))
    expect(starts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const start of starts) if (start.status === 'fulfilled') await finished(start.value.id)
  })
})

describe('a correction', () => {
  async function corrected(correction: string) {
    const draftId = await askForDraft(server, await desk.open('How long may I keep it?'))
    await collect(followOverWebSocket(server, draftId))
    const { text } = await database().draft.findUniqueOrThrow({ where: { id: rowId(draftId) } })
    const key = await server.createKey('AGENT')
    const { giveFeedback } = await server.run(
      GiveFeedbackDocument,
      { input: { draftId, correction: correction.replace('THE DRAFT', text) } },
      { key },
    )
    const example = await database().trainingExample.findUnique({ where: { draftId: rowId(draftId) } })
    return { answer: giveFeedback, example }
  }

  it.each([
    ['that is empty', '  ', 'INVALID_INPUT'],
    ['of 100 kB', 'x'.repeat(100_000), 'INVALID_INPUT'],
  ])('%s is refused', async (_name, correction, code) => {
    const { answer, example } = await corrected(correction)
    expect(answer).toMatchObject({ code, message: expect.stringContaining('correction') })
    expect(example).toBeNull()
  })

  it.each([
    ['identical to the draft', 'THE DRAFT', 'EXCLUDED', 'says the same'],
    ['of HTML', '<table><tr><td><b>Thirty</b></td><td><i>days</i></td></tr></table>', 'CANDIDATE', 'HTML'],
    ['of one word', 'Thirty.', 'CANDIDATE', 'too short'],
  ])('%s teaches nothing by itself', async (_name, correction, state, reason) => {
    const { answer, example } = await corrected(correction)
    expect(answer.__typename).toBe('Feedback')
    expect(example).toMatchObject({ state, stateReason: expect.stringContaining(reason) })
  })
})

it('a schedule that is due starts a retraining once there are enough new examples, and says why it did not before', async () => {
  await server.run(ScheduleRetrainingDocument, { input: { cron: '0 3 * * *', minimumExamples: 2 } })
  await database().trainingExample.updateMany({ where: { state: 'APPROVED' }, data: { processed: true } })
  const skipped = async () => (await desk.ask('{ retrainingSchedule { skippedReason } }')).retrainingSchedule.skippedReason
  await server.app.resources.queue.send('schedule-retraining', {})
  await expect.poll(skipped).toContain('There were 0 new examples, and 2 are asked for')
  await teachReplies(server, [reply(), reply()])
  await server.app.resources.queue.send('schedule-retraining', {})
  await expect.poll(() => database().retraining.count({ where: { trigger: 'SCHEDULED', run: { status: 'COMPLETED' } } }), { timeout: 30_000 }).toBe(1)
  expect(await skipped()).toBeNull()
})

it('an export of nothing is an empty file with a hash', async () => {
  const { exportTrainingData } = await server.run(ExportTrainingDataDocument, { input: { format: 'KTO', intent: 'nobody asks about' } })
  expect(exportTrainingData).toMatchObject({ rows: 0, sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' })
})
