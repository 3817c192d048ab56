import type { Resources } from '../../../resources.ts'
import { InvalidInputError } from '../../errors.ts'

/** Entries such as docs.example.com, *.example.com or localhost:8080; without a port, http's and https's own. */
export function isAllowedHost(hosts: string[], { hostname, port }: URL): boolean {
  return hosts.some((entry) => {
    const [, name, entryPort] = /^(.*?)(?::(\d+))?$/.exec(entry)!
    if ((entryPort ?? '') !== port) return false
    return name!.startsWith('*.') ? hostname.endsWith(name!.slice(1)) : hostname === name
  })
}

/** Throws an InvalidInputError for what is no web address, or is not on the list of the operator. */
export function checkUrl(text: string, { config }: Pick<Resources, 'config'>): string {
  const shown = JSON.stringify(text.slice(0, 100))
  const url = text.length <= longestUrl && URL.canParse(text.trim()) ? new URL(text.trim()) : null
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new InvalidInputError(`${shown} is no address. Write one that starts with https:// or http:// and has at most ${longestUrl} characters.`)
  if (url.username !== '' || url.password !== '') throw new InvalidInputError(`${shown} holds a password. Only public pages can be imported.`)
  if (!isAllowedHost(config.IMPORT_HOSTS, url)) throw new InvalidInputError(notAllowed(config.IMPORT_HOSTS, url.host))
  // What is behind # is a place on the page.
  url.hash = ''
  return url.href
}

const longestUrl = 500

function notAllowed(hosts: string[], host: string): string {
  return hosts.length === 0
    ? `No host may be imported from. Set IMPORT_HOSTS=${host} (a list with commas) and restart the server.`
    : `${host} is not one of the hosts that may be imported from (${hosts.slice(0, 10).join(', ')}). Add it to IMPORT_HOSTS and restart the server.`
}
