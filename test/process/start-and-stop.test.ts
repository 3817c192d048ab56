import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, it } from 'vitest'
import { compiled } from '../support/launch.ts'
import { startReplay } from '../support/slow-ollama.ts'
import { createTestDatabase } from '../support/test-database.ts'

const key = 'a-bootstrap-key-for-tests'
const children = new Set<ChildProcess>()
const folders = new Set<string>()

async function temporaryFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'understudy-process-'))
  folders.add(folder)
  return folder
}

/** With a database in it, which takes longer to make than to copy. */
async function dataFolder() {
  const { environment } = await createTestDatabase()
  folders.add(environment.DATA_DIR!)
  return environment.DATA_DIR!
}

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  children.clear()
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
  folders.clear()
})

function launch(environment: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', './bin/require-node.mjs', '--import', './bin/few-arenas.mjs', 'src/main.ts'], {
    cwd: new URL('../../', import.meta.url),
    env: { PATH: process.env.PATH, ...compiled, PORT: '0', GENERATOR: 'extractive', EMBEDDER: 'none', BOOTSTRAP_ADMIN_KEY: key, ...environment },
  })
  children.add(child)
  let output = ''
  child.stderr.on('data', (data: Buffer) => {
    output += data
  })
  const ready = new Promise<{ url: string }>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      if (line.includes('"ready":true')) resolve(JSON.parse(line))
    })
    child.once('exit', (code) => reject(new Error(`exited with ${code}: ${output}`)))
  })
  ready.catch(() => {})
  const exited = once(child, 'exit').then(([code]) => ({ code: code as number | null, output }))
  return { child, ready, exited }
}

async function ask(url: string, query: string, variables: object = {}): Promise<any> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query, variables }),
  })
  return ((await response.json()) as { data: unknown }).data
}

/** One paragraph, no stack, and a code that says failure. */
async function expectRefusal(environment: Record<string, string>, words: RegExp) {
  const { code, output } = await launch(environment).exited
  expect(code).toBe(1)
  expect(output).toMatch(words)
  expect(output).not.toMatch(/\n\s+at /)
}

describe('a start that cannot succeed says why', () => {
  it('for bad values, all at once', async () => {
    await expectRefusal({ PORT: 'many', GENERATOR: 'magic' }, /PORT must be .*\n.*GENERATOR must be/)
  })

  it('for a port in use', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    await expectRefusal({ DATA_DIR: await dataFolder(), PORT: String((other.address() as AddressInfo).port) }, /Port \d+ .*is in use/)
    other.close()
  })

  it('for a data folder that cannot be made', async () => {
    const file = join(await temporaryFolder(), 'file')
    await writeFile(file, '')
    await expectRefusal({ DATA_DIR: join(file, 'data') }, /DATA_DIR .* cannot be made/)
    await expectRefusal({ DATA_DIR: '/proc/nowhere/data' }, /DATA_DIR .* cannot be made/)
  })

  it('for a data folder that another process has open', async () => {
    const DATA_DIR = await dataFolder()
    await launch({ DATA_DIR }).ready
    await expectRefusal({ DATA_DIR }, /is open in another process/)
  })

  it('for a data folder that is damaged', async () => {
    const DATA_DIR = await temporaryFolder()
    await mkdir(join(DATA_DIR, 'database'))
    await writeFile(join(DATA_DIR, 'database', 'PG_VERSION'), 'nonsense')
    await expectRefusal({ DATA_DIR }, /cannot be opened/)
  })

  it('for a database that is not there', async () => {
    await expectRefusal(
      { DATABASE_URL: 'postgresql://nobody:secret@127.0.0.1:1/none', DATA_DIR: await temporaryFolder() },
      /database none at 127\.0\.0\.1:1 cannot be used/,
    )
  })
})

describe('a server', () => {
  it('finishes the draft in hand when it is asked to stop, within ten seconds', async () => {
    const ollama = await startReplay({ pieces: 8, pauseMs: 150 })
    const DATA_DIR = await temporaryFolder()
    const environment = { DATA_DIR, GENERATOR: 'ollama', OLLAMA_HOST: ollama.url, OLLAMA_MODEL: 'scripted' }
    const first = launch(environment)
    const { url } = await first.ready
    const draftId = await startDraft(url)
    await untilText(url, draftId)
    first.child.kill('SIGTERM')
    // A server that needs more than ten seconds gives up, with another code.
    expect((await first.exited).code).toBe(0)
    const second = launch(environment)
    const { draft } = await ask((await second.ready).url, 'query ($id: ID!) { draft(id: $id) { status text } }', { id: draftId })
    expect(draft.status).toBe('READY')
    expect(draft.text.match(/word/g)).toHaveLength(8)
    await ollama.close()
  })

  it('after kill -9 has every acknowledged message, and the draft is FAILED, retryable, with the text so far', async () => {
    const ollama = await startReplay({ pieces: 1000, pauseMs: 50 })
    const DATA_DIR = await dataFolder()
    const environment = { DATA_DIR, GENERATOR: 'ollama', OLLAMA_HOST: ollama.url, OLLAMA_MODEL: 'scripted' }
    const first = launch(environment)
    const { url } = await first.ready
    const draftId = await startDraft(url)
    const acknowledged: string[] = []
    for (let index = 0; index < 20; index++) {
      const { openConversation } = await ask(
        url,
        'mutation ($input: OpenConversationInput!) { openConversation(input: $input) { ... on Conversation { id } } }',
        { input: { message: `Message ${index}` } },
      )
      acknowledged.push(openConversation.id)
    }
    const before = await untilText(url, draftId)
    first.child.kill('SIGKILL')
    await first.exited
    const second = await launch(environment).ready
    const { draft } = await ask(second.url, 'query ($id: ID!) { draft(id: $id) { status text failure { code retryable } conversation { id } } }', {
      id: draftId,
    })
    expect(draft).toMatchObject({ status: 'FAILED', failure: { code: 'INTERRUPTED', retryable: true } })
    expect(draft.text.startsWith(before)).toBe(true)
    for (const id of acknowledged)
      expect((await ask(second.url, 'query ($id: ID!) { conversation(id: $id) { status } }', { id })).conversation.status).toBe('OPEN')
    const again = await ask(second.url, 'mutation ($input: DraftReplyInput!) { draftReply(input: $input) { ... on Draft { id } } }', {
      input: { conversationId: draft.conversation.id },
    })
    expect(again.draftReply.id).not.toBe(draftId)
    await untilText(second.url, again.draftReply.id)
    await ollama.close()
  })
})

async function startDraft(url: string): Promise<string> {
  const { openConversation } = await ask(
    url,
    'mutation { openConversation(input: { message: "How do I get my money back?" }) { ... on Conversation { id } } }',
  )
  const { draftReply } = await ask(url, 'mutation ($input: DraftReplyInput!) { draftReply(input: $input) { ... on Draft { id } } }', {
    input: { conversationId: openConversation.id },
  })
  return draftReply.id
}

async function untilText(url: string, draftId: string): Promise<string> {
  let text = ''
  await expect
    .poll(
      async () => {
        text = (await ask(url, 'query ($id: ID!) { draft(id: $id) { text } }', { id: draftId })).draft.text
        return text
      },
      { timeout: 15_000, interval: 50 },
    )
    .not.toBe('')
  return text
}
