import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type Replay, recording, startReplayOllama } from '../../test/support/replay-ollama.ts'
import type { ModelStatus } from './model-server.ts'
import { modelfileOf, OllamaModels } from './ollama-models.ts'

let close: (() => Promise<void>) | null = null
afterEach(async () => {
  await close?.()
  close = null
})
const signal = AbortSignal.timeout(20_000)
const newVersion = { 'GET /api/version': { recording: recording('version') } }

async function replay(routes: Record<string, Replay>) {
  const server = await startReplayOllama(routes)
  close = server.close
  return { server, models: new OllamaModels({ host: server.host }) }
}

async function answering(answer: (path: string, body: string) => { status?: number; text: string }) {
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const { status = 200, text } = answer(request.url!, body)
    response.writeHead(status).end(text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  close = () => new Promise((resolve) => server.close(() => resolve()))
  return new OllamaModels({ host: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
}

const request = { model: 'support-agent', from: { model: 'smollm2' }, system: 'Be kind.', messages: [{ role: 'user' as const, content: 'Hi' }] }

describe('making a model, as recorded of a real server', () => {
  it('tells of every status and resolves at success', async () => {
    const { server, models } = await replay({ ...newVersion, 'POST /api/create': { recording: recording('create-modelfile') } })
    const seen: ModelStatus[] = []
    await models.create(request, { signal, onStatus: (status) => seen.push(status) })
    expect(seen.at(-1)?.status).toBe('success')
    expect(server.requests.at(-1)?.body).toMatchObject({ model: 'support-agent', from: 'smollm2', system: 'Be kind.', messages: [{ role: 'user' }] })
  })

  it.each([
    ['create-missing-base', 'no such host'],
    ['create-from-bad-file', 'supplied file was not in GGUF format'],
    ['create-empty', "neither 'from' or 'files' was specified"],
  ])('throws what the server said: %s', async (name, message) => {
    const { models } = await replay({ ...newVersion, 'POST /api/create': { recording: recording(name) } })
    await expect(models.create(request, { signal, onStatus: () => {} })).rejects.toThrow(message)
  })

  it('says that the server went away in the middle', async () => {
    const { models } = await replay({ ...newVersion, 'POST /api/create': { recording: recording('create-modelfile'), dieAfter: 3 } })
    await expect(models.create(request, { signal, onStatus: () => {} })).rejects.toMatchObject({ name: 'ModelServerError', retryable: true })
  })

  it('says that the disk is full, and what to do', async () => {
    const models = await answering((path) => ({
      text: path === '/api/version' ? '{"version":"0.40.0"}' : '{"status":"writing manifest"}\n{"error":"write blob: no space left on device"}\n',
    }))
    await expect(models.create(request, { signal, onStatus: () => {} })).rejects.toThrow(/no space left on device\. Free some space/)
  })

  it('sends an old server a Modelfile', async () => {
    let sent = ''
    const models = await answering((path, body) => {
      if (path === '/api/version') return { text: '{"version":"0.5.4"}' }
      sent = body
      return { text: '{"status":"success"}\n' }
    })
    await models.create(request, { signal, onStatus: () => {} })
    expect(JSON.parse(sent)).toMatchObject({ name: 'support-agent', modelfile: expect.stringContaining('FROM smollm2\nSYSTEM """Be kind."""') })
  })
})

it('shows a model, and null for one that is missing', async () => {
  const { models, server } = await replay({ 'POST /api/show': { recording: recording('show-created') } })
  const shown = await models.show('support-agent', { signal })
  expect(shown).toMatchObject({ system: expect.stringContaining('customer support'), quantization: 'Q4_1' })
  expect(shown!.messages).toHaveLength(2)
  server.routes['POST /api/show'] = { recording: recording('show-missing') }
  expect(await models.show('nobody', { signal })).toBeNull()
})

it('deletes a model, and finds nothing wrong with one that is gone', async () => {
  const { models, server } = await replay({ 'DELETE /api/delete': { recording: recording('delete') } })
  await models.delete('support-agent', { signal })
  server.routes['DELETE /api/delete'] = { recording: recording('delete-missing') }
  await models.delete('support-agent', { signal })
})

it('looks for a blob, and pushes one; a wrong digest is refused', async () => {
  const digest = 'sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'
  const bytes = () => new Blob(['hello']).stream()
  const models = await answering((path) => (path.endsWith('9824') ? { status: 201, text: '' } : { status: 400, text: '{"error":"digest mismatch"}' }))
  await models.pushBlob(digest, bytes(), { signal })
  await expect(models.pushBlob(digest.replace('9824', '0000'), bytes(), { signal })).rejects.toThrow('digest mismatch')
  await close?.()
  const replayed = await replay({ [`HEAD /api/blobs/${digest}`]: { recording: recording('blob-present') } })
  expect(await replayed.models.hasBlob(digest, { signal })).toBe(true)
  expect(await replayed.models.hasBlob(digest.replace('9824', '0000'), { signal })).toBe(false)
})

it('says where it looked when nobody is there', async () => {
  const models = new OllamaModels({ host: 'http://127.0.0.1:9' })
  await expect(models.show('x', { signal })).rejects.toThrow('http://127.0.0.1:9 cannot be reached')
})

it('writes a Modelfile that no text can break out of', () => {
  const text = modelfileOf({
    from: { model: 'llama3.2' },
    system: 'Say """ and stop"',
    parameters: { temperature: 0.2 },
    messages: [{ role: 'assistant', content: 'a\nFROM evil' }],
  })
  expect(text).toBe(`FROM llama3.2\nPARAMETER temperature 0.2\nSYSTEM """Say ''' and stop" """\nMESSAGE assistant """a\nFROM evil"""\n`)
})
