import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An Ollama that answers each chat with so many words, one every so often, in the shape of the recordings. */
export async function startReplay({
  pieces,
  pauseMs,
}: {
  pieces: number
  pauseMs: number
}): Promise<{ url: string; openChats(): number; close(): Promise<void> }> {
  let open = 0
  const server = createServer((request, response) => {
    request.resume()
    if (request.url === '/api/tags') return void response.end(JSON.stringify({ models: [{ name: 'scripted:latest', model: 'scripted:latest' }] }))
    response.setHeader('content-type', 'application/x-ndjson')
    let sent = 0
    open += 1
    const timer = setInterval(() => {
      const isLast = sent >= pieces
      response.write(
        `${JSON.stringify({ model: 'scripted', message: { role: 'assistant', content: isLast ? '' : `word ${sent} ` }, done: isLast, ...(isLast && { done_reason: 'stop', prompt_eval_count: 10, eval_count: sent }) })}\n`,
      )
      sent += 1
      if (!isLast) return
      clearInterval(timer)
      response.end()
    }, pauseMs)
    response.once('close', () => {
      open -= 1
      clearInterval(timer)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    openChats: () => open,
    close: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()),
  }
}
