import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface MadeModel {
  from: string
  system: string | null
  messages: { role: string; content: string }[]
  parameters: Record<string, number>
}

export interface AskedChat {
  model: string
  /** What the server knows of it. */
  made: MadeModel
  messages: { role: string; content: string }[]
}

/** How making a model goes wrong: what the server says in its stream, or that it goes away in the middle. */
export type MakingFault = { says: string } | 'dies' | 'keeps nothing'

export interface ModelOllama {
  url: string
  models: Map<string, MadeModel>
  blobs: Set<string>
  /** Of the next model. */
  next(fault: MakingFault): void
  /** Each `create` waits for it. */
  hold(until: Promise<unknown> | null): void
  close(): Promise<void>
}

const base: MadeModel = { from: '', system: null, messages: [], parameters: {} }

/**
 * An Ollama that keeps models, in the shape of the recordings of a real one; only the language model in it is scripted: `say` answers for it.
 * Without `say` an answer depends on all that a model was made of, and on nothing else.
 */
export async function startModelOllama({
  bases = ['llama3.2:latest'],
  say = sayWhatItIs,
  port = 0,
}: {
  bases?: string[]
  say?: (chat: AskedChat) => string
  port?: number
} = {}): Promise<ModelOllama> {
  const models = new Map(bases.map((name) => [name, base]))
  const blobs = new Set<string>()
  const faults: MakingFault[] = []
  let holding: Promise<unknown> | null = null

  const server = createServer(async (request, response) => {
    const path = request.url!
    if (path === '/api/version') return json(response, { version: '0.30.0' })
    if (path === '/api/tags') return json(response, { models: Array.from(models.keys(), (name) => ({ name, model: name })) })
    if (path.startsWith('/api/blobs/')) return blob(request, response, path.slice('/api/blobs/'.length))
    const body = JSON.parse((await bytesOf(request)).toString())
    const name = tagged(body.model)
    if (path === '/api/create') return make(response, name, body)
    const made = models.get(name)
    if (!made) return json(response, { error: `model '${body.model}' not found` }, 404)
    if (path === '/api/delete') {
      models.delete(name)
      return json(response, {})
    }
    if (path === '/api/show')
      return json(response, { modelfile: '', template: '', ...made, parameters: '', system: made.system ?? undefined, details: {} })
    if (path === '/api/generate')
      return json(response, { response: say({ model: name, made, messages: [{ role: 'raw', content: body.prompt }] }), done: true })
    return answer(response, { stream: body.stream !== false, text: say({ model: name, made, messages: body.messages }) })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    models,
    blobs,
    next: (fault) => void faults.push(fault),
    hold(until) {
      holding = until
    },
    close: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()),
  }

  async function make(response: ServerResponse, name: string, body: any): Promise<void> {
    const fault = faults.shift()
    const line = (value: object) => response.write(`${JSON.stringify(value)}\n`)
    response.writeHead(200, { 'content-type': 'application/x-ndjson' })
    line({ status: 'using existing layer sha256:aaaa' })
    await holding
    line({ status: 'writing manifest' })
    if (fault === 'dies') return void response.destroy()
    if (fault && typeof fault === 'object') return void response.end(`${JSON.stringify({ error: fault.says })}\n`)
    const given = { from: body.from ?? Object.values(body.files ?? {})[0], system: body.system ?? null, messages: body.messages ?? [] }
    models.set(name, { ...base, ...(fault === 'keeps nothing' ? { from: given.from } : given), parameters: body.parameters ?? {} })
    response.end('{"status":"success"}\n')
  }

  async function blob(request: IncomingMessage, response: ServerResponse, digest: string): Promise<void> {
    if (request.method === 'HEAD') return void response.writeHead(blobs.has(digest) ? 200 : 404).end()
    if (
      `sha256:${createHash('sha256')
        .update(await bytesOf(request))
        .digest('hex')}` !== digest
    )
      return json(response, { error: 'digest mismatch' }, 400)
    blobs.add(digest)
    response.writeHead(201).end()
  }
}

/** Words that are the same for the same model and question. */
function sayWhatItIs({ made, messages }: AskedChat): string {
  const known = createHash('sha256').update(JSON.stringify(made)).digest('hex').slice(0, 8)
  return `Answer ${known} to ${messages.at(-1)!.content.slice(-40)}`
}

function answer(response: ServerResponse, { stream, text }: { stream: boolean; text: string }): void {
  const line = (content: string, more: object) => ({ model: 'm', message: { role: 'assistant', content }, ...more })
  const end = { done: true, done_reason: 'stop', prompt_eval_count: 2_000, eval_count: 40 }
  if (!stream) {
    json(response, line(text, end))
    return
  }
  response.writeHead(200, { 'content-type': 'application/x-ndjson' })
  for (const piece of text.match(/[^]{1,60}/g) ?? []) response.write(`${JSON.stringify(line(piece, { done: false }))}\n`)
  response.end(`${JSON.stringify(line('', end))}\n`)
}

const tagged = (name: string) => (name.includes(':') ? name : `${name}:latest`)

function json(response: ServerResponse, value: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
  return Buffer.concat(parts)
}
