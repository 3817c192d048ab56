import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/** How one chat goes. Whatever is `after` so many words comes when those were sent; 0 is before the first one. */
export type Chat =
  | { goes: 'well' }
  /** Answers with a status and Ollama's way to say what is wrong. */
  | { goes: 'refused'; status: number; error: string }
  /** The socket closes without an answer. */
  | { goes: 'unanswered' }
  /** Not even headers come. */
  | { goes: 'silent' }
  | { goes: 'hanging'; after: number }
  /** The stream ends in an orderly way, without its last line. */
  | { goes: 'unfinished'; after: number }
  /** The connection dies. */
  | { goes: 'dead'; after: number }
  /** `{"error":…}` inside a stream that began with status 200. */
  | { goes: 'wrong'; after: number; error: string }
  /** A line that is no JSON. */
  | { goes: 'garbled'; after: number }

export interface SlowOllama {
  url: string
  /** The bodies of the chats, byte for byte, in their order. */
  bodies: string[]
  openChats(): number
  /** The most that were open at one time. */
  mostOpenChats(): number
  /** How the next chats go; one that is not named goes well. */
  next(...chats: Chat[]): void
  /** How all go that `next` says nothing about. */
  always(chat: Chat): void
  close(): Promise<void>
}

interface Pace {
  /** Words of an answer, one every so often. */
  pieces: number
  pauseMs: number
  /** Until the first one; without it, the pause. */
  firstMs?: number
  promptTokens?: number
}

/** An Ollama that answers each chat with so many words at a fixed rate, in the shape of the recordings, and fails in the ways that the real one does. */
export async function startReplay({ pieces, pauseMs, firstMs = pauseMs, promptTokens = 10 }: Pace): Promise<SlowOllama> {
  const bodies: string[] = []
  const planned: Chat[] = []
  let usual: Chat = { goes: 'well' }
  let open = 0
  let mostOpen = 0

  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    if (request.url === '/api/tags') return void response.end(JSON.stringify({ models: [{ name: 'scripted:latest', model: 'scripted:latest' }] }))
    bodies.push(body)
    open += 1
    mostOpen = Math.max(mostOpen, open)
    const gone = new AbortController()
    response.once('close', () => {
      open -= 1
      gone.abort()
    })
    await answer(response, planned.shift() ?? usual, gone.signal).catch((error: unknown) => {
      if (!gone.signal.aborted) throw error
    })
  })

  async function answer(response: ServerResponse, chat: Chat, signal: AbortSignal): Promise<void> {
    if (chat.goes === 'silent') return
    if (chat.goes === 'unanswered') return void response.destroy()
    if (chat.goes === 'refused') return void response.writeHead(chat.status).end(JSON.stringify({ error: chat.error }))
    response.writeHead(200, { 'content-type': 'application/x-ndjson' })
    response.flushHeaders()
    const startedAt = performance.now()
    for (let sent = 0; sent <= pieces; sent++) {
      // By the clock, so that a late timer does not slow the rate down.
      await wait(Math.max(0, startedAt + firstMs + sent * pauseMs - performance.now()), undefined, { signal })
      if ('after' in chat && chat.after === sent) return await goWrong(response, chat, signal)
      response.write(`${JSON.stringify(sent < pieces ? piece(`word ${sent} `) : end(sent))}\n`)
    }
    response.end()
  }

  const piece = (content: string) => ({ model: 'scripted', message: { role: 'assistant', content }, done: false })
  const end = (eval_count: number) => ({ ...piece(''), done: true, done_reason: 'stop', prompt_eval_count: promptTokens, eval_count })

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies,
    openChats: () => open,
    mostOpenChats: () => mostOpen,
    next: (...chats) => void planned.push(...chats),
    always(chat) {
      usual = chat
    },
    close: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()),
  }
}

async function goWrong(response: ServerResponse, chat: Exclude<Chat, { goes: 'well' }>, signal: AbortSignal): Promise<void> {
  if (chat.goes === 'unfinished') response.end()
  else if (chat.goes === 'wrong') response.end(`${JSON.stringify({ error: chat.error })}\n`)
  else if (chat.goes === 'garbled') response.end('this is no JSON\n')
  else if (chat.goes === 'dead') {
    // What was written is to arrive before the connection goes.
    await wait(20, undefined, { signal })
    response.destroy()
  }
}
