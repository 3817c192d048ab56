import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import { killLaunched, launchKey, launchServer, runCommand } from '../support/launch.ts'

let folder: string
afterEach(async () => {
  killLaunched()
  await rm(folder, { recursive: true, force: true })
})

type Server = Awaited<ReturnType<typeof launchServer>>
const steps = ['triage', 'collect', 'retrieval', 'articles', 'intents', 'examples', 'measure before', 'measure after', 'activate']
const questions = [
  'Can I return a tent?',
  'How long does delivery take?',
  'Do you ship to Norway?',
  'Where is my refund?',
  'May I swap the size?',
  'Is the label free?',
]

async function until<Value>(read: () => Promise<Value>, isEnough: (value: Value) => boolean): Promise<Value> {
  for (;;) {
    const value = await read()
    if (isEnough(value)) return value
    await pause(2)
  }
}

async function teach(server: Server, question: string, index: number): Promise<void> {
  const input = { message: question, customer: { externalId: `customer-${index}` } }
  const { openConversation } = await server.ask(
    'mutation ($input: OpenConversationInput!) { openConversation(input: $input) { ... on Conversation { id } } }',
    { input },
  )
  const asked = await server.ask('mutation ($input: DraftReplyInput!) { draftReply(input: $input) { ... on Draft { id } } }', {
    input: { conversationId: openConversation.id },
  })
  const draftId = asked.draftReply.id
  await until(
    () => server.ask('query ($id: ID!) { draft(id: $id) { status } }', { id: draftId }),
    ({ draft }) => draft.status === 'READY',
  )
  const correction = `Hi there,\n\nFor “${question}” the answer is ${index + 3} days, and you find the form on our page.\n\n— The crash team`
  await server.ask('mutation ($input: GiveFeedbackInput!) { giveFeedback(input: $input) { __typename } }', { input: { draftId, correction } })
}

it('a retraining that is killed with -9 in every step goes on, and counts nothing twice; its examples can be exported, and a report tells of it', async () => {
  folder = await mkdtemp(join(tmpdir(), 'understudy-retraining-'))
  const environment = { DATA_DIR: folder, EMBEDDER: 'minilm' }
  let server = await launchServer(environment)
  for (const [index, question] of questions.entries()) await teach(server, question, index)
  const { startRetraining } = await server.ask('mutation { startRetraining(input: {}) { ... on RetrainingRun { id } } }')
  const id = startRetraining.id
  const look = () =>
    server.ask('query ($id: ID!) { node(id: $id) { ... on RetrainingRun { status step activated examplesProcessed fewShotExamplesAdded } } }', { id })
  const killedIn: string[] = []
  for (const [target] of steps.entries()) {
    const { node } = await until(look, (seen) => seen.node.status === 'COMPLETED' || steps.indexOf(seen.node.step) >= target)
    if (node.status === 'COMPLETED') break
    killedIn.push(node.step)
    await server.end('SIGKILL')
    server = await launchServer(environment)
  }
  const { node: run } = await until(look, (seen) => seen.node.status === 'COMPLETED')
  expect(killedIn.length).toBeGreaterThan(2)
  // Of six customers the newest is held out.
  expect(run).toMatchObject({ activated: true, examplesProcessed: 5, fewShotExamplesAdded: 5 })
  const { trainingExamples } = await server.ask('{ trainingExamples(first: 50, filter: { processed: true }) { edges { node { id } } } }')
  expect(trainingExamples.edges).toHaveLength(5)

  const out = join(folder, 'chat.jsonl')
  const through = { UNDERSTUDY_URL: server.url, UNDERSTUDY_KEY: launchKey }
  expect(await runCommand('bin/export/main.ts', ['--format', 'chat', '--out', out], through)).toMatchObject({
    code: 0,
    output: expect.stringContaining('5 rows written'),
  })
  await server.end('SIGTERM')
  expect(await runCommand('bin/export/main.ts', ['--format', 'kto', '--out', '-'], { DATA_DIR: folder })).toMatchObject({
    code: 0,
    output: expect.stringContaining('10 rows'),
  })
  const page = join(folder, 'report.html')
  expect(await runCommand('bin/report/main.ts', ['--out', page], { DATA_DIR: folder })).toMatchObject({ code: 0 })
  expect(await readFile(page, 'utf8')).toContain('What the loop did')
  expect(await runCommand('bin/report/main.ts', ['--out', page, '--from', 'yesterday'], { DATA_DIR: folder })).toMatchObject({
    code: 1,
    output: expect.stringContaining('must be a day like'),
  })
  const { code, output } = await runCommand('bin/export/main.ts', ['--format', 'kto'], { DATA_DIR: folder })
  expect([code, output]).toEqual([1, expect.stringContaining('--out')])
}, 180_000)
