import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Arrival } from './text-stream.ts'

export interface TappedChat {
  askedAt: number
  arrivals: Arrival[]
}

/** Stands between a server and its Ollama, hands everything on as it comes, and takes down when the words of each chat came. */
export async function startOllamaTap(host: string): Promise<{ url: string; chats: TappedChat[]; close(): Promise<void> }> {
  const chats: TappedChat[] = []
  const server = createServer(async (request, response) => {
    const askedAt = performance.now()
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    try {
      const answer = await fetch(`${host}${request.url}`, {
        method: request.method!,
        signal: gone.signal,
        ...(parts.length > 0 && { body: Buffer.concat(parts) }),
      })
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' })
      const chat: TappedChat = { askedAt, arrivals: [] }
      if (request.url === '/api/chat') chats.push(chat)
      let line = ''
      const decoder = new TextDecoder()
      for await (const bytes of answer.body ?? []) {
        response.write(bytes)
        const at = performance.now()
        const lines = (line + decoder.decode(bytes, { stream: true })).split('\n')
        line = lines.pop()!
        const text = lines.map((whole) => JSON.parse(whole).message?.content ?? '').join('')
        if (text) chat.arrivals.push({ at, size: text.length })
      }
      response.end()
    } catch {
      // Either end went away; the other one sees it.
      response.destroy()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    chats,
    close: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()),
  }
}
