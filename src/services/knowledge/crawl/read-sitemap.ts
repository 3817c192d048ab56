import { Parser } from 'htmlparser2'
import { GetError } from '../../../lib/http/guarded-get.ts'
import type { Resources } from '../../../resources.ts'
import { limits } from '../../checked-input.ts'
import { InvalidInputError } from '../../errors.ts'
import { fetchPage } from './fetch-page.ts'
import { checkUrl } from './import-hosts.ts'

const types = ['application/xml', 'text/xml', 'text/plain']
const mostSitemaps = 20
const longestShown = 500

/** Why a sitemap gives no addresses, for people. */
export class SitemapError extends Error {
  constructor(address: string, reason: string) {
    super(`The sitemap ${address} cannot be used: ${reason}.`)
    this.name = 'SitemapError'
  }
}

export interface SitemapPage {
  address: string
  /** Why it may not be read; null when it may. */
  problem: string | null
}

/**
 * The pages of a sitemap and of those that it lists, each once; one that may not be read is among them with the reason. Throws a SitemapError when
 * there are none that may be read, or too many.
 */
export async function readSitemap(
  resources: Pick<Resources, 'config'>,
  address: string,
  { signal }: { signal: AbortSignal },
): Promise<SitemapPage[]> {
  const found = new Map<string, SitemapPage>()
  const sitemaps = [address]
  for (const [index, sitemap] of sitemaps.entries()) {
    if (index === mostSitemaps) throw new SitemapError(address, `it lists more than ${mostSitemaps} other sitemaps`)
    const { pages, others } = await fetchSitemap(resources, sitemap, signal)
    // Only the first may list others, or two could list each other for ever.
    if (index === 0) sitemaps.push(...others.map((other) => checked(resources, address, other)))
    for (const page of pages.map((listed) => checkedPage(resources, listed))) found.set(page.address, page)
    if (found.size > limits.importUrls) throw new SitemapError(address, `it lists more than ${limits.importUrls} pages`)
  }
  const all = [...found.values()]
  if (all.length === 0) throw new SitemapError(address, 'it lists no pages')
  if (all.every(({ problem }) => problem !== null)) throw new SitemapError(address, all[0]!.problem!.replace(/\.$/, ''))
  return all
}

function checkedPage(resources: Pick<Resources, 'config'>, listed: string): SitemapPage {
  try {
    return { address: checkUrl(listed, resources), problem: null }
  } catch (error) {
    if (error instanceof InvalidInputError) return { address: listed.slice(0, longestShown), problem: error.message }
    throw error
  }
}

function checked(resources: Pick<Resources, 'config'>, sitemap: string, address: string): string {
  try {
    return checkUrl(address, resources)
  } catch (error) {
    if (error instanceof InvalidInputError) throw new SitemapError(sitemap, error.message.replace(/\.$/, ''))
    throw error
  }
}

async function fetchSitemap(resources: Pick<Resources, 'config'>, address: string, signal: AbortSignal) {
  try {
    const { type, text } = await fetchPage(resources, address, { types, signal })
    if (type !== 'text/plain') return readXml(text)
    return { pages: text.split('\n').flatMap((line) => line.trim() || []), others: [] }
  } catch (error) {
    if (error instanceof GetError) throw new SitemapError(address, error.message)
    throw error
  }
}

/** Exported for its test. */
export function readXml(xml: string): { pages: string[]; others: string[] } {
  const addresses = { urlset: [] as string[], sitemapindex: [] as string[] }
  const path: string[] = []
  let text = ''
  const parser = new Parser(
    {
      onopentag(name) {
        path.push(name)
        text = ''
        // <urlset><url><loc>: what is deeper is no sitemap.
        if (path.length > 20) parser.pause()
      },
      ontext: (part) => void (text += part),
      onclosetag() {
        const [root, entry, place] = path
        if (path.length === 3 && place === 'loc' && text.trim() && (entry === 'url' || entry === 'sitemap') && root && root in addresses)
          addresses[root as keyof typeof addresses].push(text.trim())
        path.pop()
      },
    },
    { xmlMode: true },
  )
  parser.end(xml)
  return { pages: addresses.urlset, others: addresses.sitemapindex }
}
