import type { IncomingMessage } from 'node:http'

const mostOfARequest = 32 * 1024 * 1024

export class BodyTooLargeError extends Error {
  constructor(mostBytes: number) {
    super(`The request is larger than ${mostBytes / 1024 / 1024} MiB. Split it; an import can be sent in several runs.`)
    this.name = 'BodyTooLargeError'
  }
}

/** The whole body, counted while it comes, so that one without a length is bounded too. */
export async function readBody(request: IncomingMessage, mostBytes = mostOfARequest): Promise<Buffer | undefined> {
  if (request.method === 'GET' || request.method === 'HEAD') return undefined
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) throw new BodyTooLargeError(mostBytes)
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > mostBytes) throw new BodyTooLargeError(mostBytes)
    parts.push(part)
  }
  return Buffer.concat(parts)
}
