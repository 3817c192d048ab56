import type { IncomingMessage } from 'node:http'
import { isStaff, type Viewer } from '../services/access/viewer.ts'

/** Staff import whole help centres; partners and customers send messages. */
export const mostBytesOf = (viewer: Pick<Viewer, 'role'>): number => (isStaff(viewer) ? 32 * 1024 * 1024 : 256 * 1024)

export class BodyTooLargeError extends Error {
  readonly limit: { name: 'requestBytes'; maximum: number }
  constructor(mostBytes: number) {
    const kibibytes = mostBytes / 1024
    const size = kibibytes >= 1024 ? `${kibibytes / 1024} MiB` : `${kibibytes} KiB`
    super(`The request is larger than ${size}, the most for your role. Split it; an import can be sent in several runs.`)
    this.name = 'BodyTooLargeError'
    this.limit = { name: 'requestBytes', maximum: mostBytes }
  }
}

/** The whole body, counted while it comes, so that one without a length is bounded too. */
export async function readBody(request: IncomingMessage, mostBytes: number): Promise<Buffer | undefined> {
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

const smallBytes = 8 * 1024

/**
 * A body as Yoga's adapter takes it quickly. It lists the keys of what it is given, and a buffer has one for each byte: a megabyte would hold up all
 * others for a tenth of a second. What is small is taken faster as it is.
 */
export function withoutKeys(bytes: Buffer): Buffer | (AsyncIterable<Buffer> & { size: number }) {
  if (bytes.length <= smallBytes) return bytes
  return {
    size: bytes.length,
    async *[Symbol.asyncIterator]() {
      yield bytes
    },
  }
}
