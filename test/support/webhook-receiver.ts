import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'

export interface ReceivedMessage {
  headers: IncomingHttpHeaders
  text: string
  body: { type: string; timestamp: string; data: Record<string, string> }
}

/** A real server that webhooks are sent to. It takes everything, unless an answer is set for the path. */
export async function startReceiver() {
  const received = new Map<string, ReceivedMessage[]>()
  const answers = new Map<string, (response: ServerResponse) => void>()
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const path = request.url!
    const text = Buffer.concat(parts).toString()
    at(path).push({ headers: request.headers, text, body: JSON.parse(text) })
    const answer = answers.get(path)
    if (answer) answer(response)
    else response.writeHead(204).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  function at(path: string): ReceivedMessage[] {
    if (!received.has(path)) received.set(path, [])
    return received.get(path)!
  }

  return {
    port,
    url: (path: string) => `http://127.0.0.1:${port}${path}`,
    /** What has arrived at a path, in its order. */
    at,
    answer: (path: string, answer: (response: ServerResponse) => void) => void answers.set(path, answer),
    answerStatus: (path: string, status: number, headers: Record<string, string> = {}) =>
      void answers.set(path, (response) => response.writeHead(status, headers).end('What the receiver wrote')),
    takeAll: (path: string) => void answers.delete(path),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Whether the library of Standard Webhooks accepts it; what a receiver does. */
export function isSignedWith(secret: string, { text, headers }: ReceivedMessage): boolean {
  try {
    new Webhook(secret).verify(text, headers as Record<string, string>)
    return true
  } catch {
    return false
  }
}
