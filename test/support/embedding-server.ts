import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface EmbeddingRequest {
  model: string
  input: string[]
  authorization: string | undefined
}

/** What the next request gets; when there is nothing left, vectors. */
export type EmbeddingAnswer = 'hang' | { status: number; body: unknown }

/** A real server that speaks OpenAI's embeddings; a text's vector counts its letters, and is not normalised. */
export async function startEmbeddingServer({ dimensions = 26 }: { dimensions?: number } = {}) {
  const requests: EmbeddingRequest[] = []
  const answers: EmbeddingAnswer[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { model, input, encoding_format } = JSON.parse(Buffer.concat(chunks).toString())
    requests.push({ model, input, authorization: request.headers.authorization })
    const answer = answers.shift()
    if (answer === 'hang') return
    const isKnown =
      request.method === 'POST' && request.url === '/v1/embeddings' && encoding_format === 'float' && input.every((text: string) => text !== '')
    const { status, body } =
      answer ?? (isKnown ? { status: 200, body: vectorsOf(input, dimensions) } : { status: 400, body: { error: { message: 'no' } } })
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    answers,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

function vectorsOf(input: string[], dimensions: number): object {
  const data = input.map((text, index) => {
    const embedding = new Array<number>(dimensions).fill(0.5)
    for (const letter of text.toLowerCase()) embedding[letter.charCodeAt(0) % dimensions]! += 1
    return { object: 'embedding', index, embedding }
  })
  // Nothing says that an answer comes in order.
  return { object: 'list', data: data.reverse() }
}
