import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { checkLiteralAddress, guardedLookup, PrivateAddressError, type Resolve } from './guarded-lookup.ts'

export interface GuardOptions {
  /** Asked before each request, redirects included. */
  isAllowed(url: URL): boolean
  allowsPrivate: boolean
  /** For the whole way, redirects included. */
  timeoutMs: number
  maximumBytes: number
  /** Media types, such as text/html. */
  types: string[]
  userAgent: string
  signal: AbortSignal
  /** What a name means; the system’s answer unless given. */
  resolve?: Resolve
}

export interface Fetched {
  /** Where the redirects led. */
  url: URL
  type: string
  charset: string | null
  body: Buffer
}

/** Why nothing came, for people. */
export class GetError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'GetError'
  }
}

const mostRedirects = 5

/**
 * Gets what is at an address that other people have written. Redirects are followed by hand and checked like the first address; the address that
 * is connected to is checked as well, not only its name, which could mean another one a moment later.
 */
export async function guardedGet(address: string, options: GuardOptions): Promise<Fetched> {
  const timeout = AbortSignal.timeout(options.timeoutMs)
  const signal = AbortSignal.any([timeout, options.signal])
  let url = new URL(address)
  try {
    for (let redirects = 0; ; redirects++) {
      checkUrl(url, options)
      const response = await request(url, options, signal)
      const status = response.statusCode ?? 0
      const { location } = response.headers
      if (![301, 302, 303, 307, 308].includes(status) || !location) return await read(url, response, options)
      response.destroy()
      if (redirects === mostRedirects) throw new GetError(`it redirects more than ${mostRedirects} times`)
      if (!URL.canParse(location, url)) throw new GetError('it redirects to something that is no address')
      url = new URL(location, url)
    }
  } catch (error) {
    if (options.signal.aborted || error instanceof GetError) throw error
    if (error instanceof PrivateAddressError) throw new GetError(error.message)
    if (timeout.aborted) throw new GetError(`it took longer than ${options.timeoutMs / 1_000} seconds`)
    const { code } = error as NodeJS.ErrnoException
    throw new GetError(`it cannot be reached (${code ?? (error as Error).name})`, { cause: error })
  }
}

function checkUrl(url: URL, { isAllowed, allowsPrivate }: GuardOptions): void {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new GetError('its address does not start with http:// or https://')
  if (url.username !== '' || url.password !== '') throw new GetError('its address holds a password')
  if (!isAllowed(url)) throw new GetError(`it is at ${url.host}, which is not allowed`)
  checkLiteralAddress(url, { allowsPrivate })
}

function request(url: URL, { allowsPrivate, resolve: resolveName, userAgent, types }: GuardOptions, signal: AbortSignal): Promise<IncomingMessage> {
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    send(
      url,
      {
        // A connection of its own: one that is kept might have been opened by somebody who did not look.
        agent: false,
        lookup: guardedLookup({ allowsPrivate, resolve: resolveName }),
        signal,
        headers: { 'user-agent': userAgent, accept: types.join(', '), 'accept-encoding': 'identity', connection: 'close' },
      },
      resolve,
    )
      .on('error', reject)
      .end()
  })
}

async function read(url: URL, response: IncomingMessage, { maximumBytes, types }: GuardOptions): Promise<Fetched> {
  const refuse = (reason: string): never => {
    response.destroy()
    throw new GetError(reason)
  }
  if (response.statusCode !== 200) refuse(`it answers ${response.statusCode}`)
  const [type = '', ...parameters] = (response.headers['content-type'] ?? '').split(';').map((part) => part.trim().toLowerCase())
  if (!types.includes(type)) refuse(`it is ${type || 'of no type'}, and not ${types.join(' or ')}`)
  const encoding = response.headers['content-encoding'] ?? 'identity'
  if (encoding !== 'identity') refuse(`it comes compressed (${encoding}), though that was not asked for`)
  const parts: Buffer[] = []
  let size = 0
  for await (const part of response as AsyncIterable<Buffer>) {
    size += part.length
    if (size > maximumBytes) refuse(`it is larger than ${maximumBytes / 1_000_000} MB`)
    parts.push(part)
  }
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length)
  return { url, type, charset: charset?.replaceAll('"', '') || null, body: Buffer.concat(parts) }
}
