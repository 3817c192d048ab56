import { type IncomingHttpHeaders, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { checkLiteralAddress, guardedLookup, PrivateAddressError, type Resolve } from './guarded-lookup.ts'

export interface PostOptions {
  body: string
  headers: Record<string, string>
  /** Private addresses, and http:// too. */
  allowsPrivate: boolean
  timeoutMs: number
  /** Of the answer; nobody looks at it, and the connection is closed after so many. */
  maximumBytes: number
  signal: AbortSignal
  /** What a name means; the system’s answer unless given. */
  resolve?: Resolve
}

/** Why nothing was answered, for people. */
export class PostError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'PostError'
  }
}

/** Posts to an address that other people have written, and tells the answer's status and headers. A redirect is an answer like any other: it is not followed. */
export async function guardedPost(address: string, options: PostOptions): Promise<{ status: number; headers: IncomingHttpHeaders }> {
  const timeout = AbortSignal.timeout(options.timeoutMs)
  const url = new URL(address)
  try {
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && options.allowsPrivate))
      throw new PostError('the address does not start with https://')
    checkLiteralAddress(url, options)
    const response = await post(url, options, AbortSignal.any([timeout, options.signal]))
    drain(response, options)
    return { status: response.statusCode ?? 0, headers: response.headers }
  } catch (error) {
    if (options.signal.aborted || error instanceof PostError) throw error
    if (error instanceof PrivateAddressError) throw new PostError(error.message)
    if (timeout.aborted) throw new PostError(`no answer within ${options.timeoutMs / 1_000} seconds`)
    const { code } = error as NodeJS.ErrnoException
    throw new PostError(`it cannot be reached (${code ?? (error as Error).name})`, { cause: error })
  }
}

function post(url: URL, { body, headers, allowsPrivate, resolve: resolveName }: PostOptions, signal: AbortSignal): Promise<IncomingMessage> {
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    send(
      url,
      {
        method: 'POST',
        // A connection of its own: one that is kept might have been opened by somebody who did not look.
        agent: false,
        lookup: guardedLookup({ allowsPrivate, resolve: resolveName }),
        signal,
        headers: { ...headers, 'content-length': Buffer.byteLength(body), 'accept-encoding': 'identity', connection: 'close' },
      },
      resolve,
    )
      .on('error', reject)
      .end(body)
  })
}

/** Lets the other side finish its sentence; the signal ends one that never does. */
function drain(response: IncomingMessage, { maximumBytes }: PostOptions): void {
  let size = 0
  response.on('error', () => {})
  response.on('data', (part: Buffer) => {
    size += part.length
    if (size > maximumBytes) response.destroy()
  })
}
