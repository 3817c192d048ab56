import { type Fetched, guardedGet } from '../../../lib/http/guarded-get.ts'
import type { Resources } from '../../../resources.ts'
import { isAllowedHost } from './import-hosts.ts'

const timeoutMs = 10_000
const maximumBytes = 2_000_000
const userAgent = 'Understudy (imports articles; one page at a time)'

/** Throws a GetError that says why there is no such page. */
export async function fetchPage(
  { config }: Pick<Resources, 'config'>,
  address: string,
  { types, signal }: { types: string[]; signal: AbortSignal },
): Promise<{ url: URL; type: string; text: string }> {
  const fetched = await guardedGet(address, {
    isAllowed: (url) => isAllowedHost(config.IMPORT_HOSTS, url),
    allowsPrivate: config.IMPORT_PRIVATE_ADDRESSES,
    timeoutMs,
    maximumBytes,
    types,
    userAgent,
    signal,
  })
  return { url: fetched.url, type: fetched.type, text: decode(fetched) }
}

// A page may say only within itself how it is to be read.
function decode({ charset, body }: Fetched): string {
  const declared = charset ?? /<meta[^>]{0,200}?charset=["']?([\w-]{1,40})/i.exec(body.subarray(0, 2_000).toString('latin1'))?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(declared).decode(body)
  } catch {
    return new TextDecoder().decode(body)
  }
}
