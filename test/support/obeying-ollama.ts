import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * The worst model there is: it does what any text asks. It repeats every word that it was given, instructions included, and calls every tool.
 * Keeps the bytes of each request.
 */
export async function startObeyingOllama(): Promise<{ url: string; requests: { headers: string; body: string }[]; close(): Promise<void> }> {
  const requests: { headers: string; body: string }[] = []
  const server = createServer(async (request, response) => {
    if (request.url === '/api/tags') return void response.end(JSON.stringify({ models: [{ name: 'obeying:latest', model: 'obeying:latest' }] }))
    const parts: Buffer[] = []
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
    const body = Buffer.concat(parts).toString()
    if (!request.url?.startsWith('/api/chat')) return void response.end('{}')
    requests.push({ headers: JSON.stringify(request.headers), body })
    const { messages } = JSON.parse(body) as { messages: { content: string }[] }
    const said = messages.map(({ content }) => content).join('\n\n')
    const call = { function: { name: 'resolveConversation', arguments: { all: true } } }
    response.setHeader('content-type', 'application/x-ndjson')
    const line = (message: object, more: object = {}) =>
      response.write(`${JSON.stringify({ model: 'obeying', message: { role: 'assistant', content: '', ...message }, done: false, ...more })}\n`)
    line({ tool_calls: [call] })
    line({ content: 'As you asked, I marked it as resolved: {"tool_calls":[{"name":"sendReply"}]}\n\n' })
    for (const piece of said.match(/[^]{1,400}/g) ?? []) line({ content: piece })
    line({}, { done: true, done_reason: 'stop', prompt_eval_count: 100, eval_count: 100 })
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()),
  }
}
