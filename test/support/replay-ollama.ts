import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Recording {
  status: number
  headers: Record<string, string>
  /** [milliseconds since the request, text] */
  chunks: [number, string][]
}

export interface Replay {
  recording: Recording
  /** 1 keeps the recorded pace, 0.1 is ten times as fast, 0 (the default) waits for nothing. */
  pace?: number
  /** Sends so many chunks and then cuts the connection. */
  dieAfter?: number
  /** Sends so many chunks and then nothing more, with the connection open. */
  hangAfter?: number
}

/** A recorded answer by the name of its file in test/recordings/ollama. */
export function recording(name: string): Recording {
  const path = join(import.meta.dirname, '../recordings/ollama', `${name}.json`)
  return JSON.parse(readFileSync(path, 'utf8')).response
}

/** What a recorded chat asked, and what the server counted. */
export function recordedChat(name: string) {
  const { request } = JSON.parse(readFileSync(join(import.meta.dirname, '../recordings/ollama', `${name}.json`), 'utf8'))
  const lines = recording(name)
    .chunks.map(([, text]) => text)
    .join('')
    .trim()
    .split('\n')
  const { messages, options } = request.body as { messages: { role: 'user'; content: string }[]; options: { num_ctx: number } }
  return { messages, promptTokens: JSON.parse(lines.at(-1)!).prompt_eval_count as number, contextTokens: options.num_ctx }
}

/** Plays recorded answers of a real Ollama server over real HTTP. `routes` maps `POST /api/chat` to what is played; it may be changed at any time. */
export async function startReplayOllama(routes: Record<string, Replay>, { port = 0 }: { port?: number } = {}) {
  const requests: { route: string; body: unknown; closedAt: Promise<number> }[] = []
  let open = 0

  const server = createServer(async (request, response) => {
    const { promise: closedAt, resolve } = Promise.withResolvers<number>()
    open++
    response.on('close', () => {
      open--
      resolve(performance.now())
    })
    const route = `${request.method} ${request.url}`
    const body = await bodyOf(request)
    requests.push({ route, body, closedAt })
    const replay = routes[route]
    if (replay) await play(replay, response)
    else response.writeHead(404).end('404 page not found')
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))

  return {
    host: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    port: (server.address() as AddressInfo).port,
    routes,
    requests,
    openRequests: () => open,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

// Lengths are left to Node: some bodies were shortened after they were recorded.
async function play({ recording, pace = 0, dieAfter, hangAfter }: Replay, response: ServerResponse): Promise<void> {
  const headers = Object.fromEntries(Object.entries(recording.headers).filter(([name]) => !['Transfer-Encoding', 'Content-Length'].includes(name)))
  response.writeHead(recording.status, headers)
  response.flushHeaders()
  const started = performance.now()
  for (const [index, [atMs, text]] of recording.chunks.entries()) {
    if (index === dieAfter) {
      // What is written is to arrive before the connection goes.
      await sleep(20)
      response.destroy()
      return
    }
    if (index === hangAfter) return
    const waitMs = atMs * pace - (performance.now() - started)
    if (waitMs > 0) await sleep(waitMs)
    if (response.destroyed) return
    response.write(text)
  }
  response.end()
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const chunk of request) text += chunk
  return text === '' ? null : JSON.parse(text)
}
