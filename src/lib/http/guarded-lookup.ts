import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { isPublicAddress } from './public-address.ts'

/** The message is for people, and goes after a name for the page or the receiver. */
export class PrivateAddressError extends Error {
  constructor(host: string) {
    super(`${host} is at a private address`)
    this.name = 'PrivateAddressError'
  }
}

/** Throws for an address that is written as such and private: no name, so nothing is looked up. */
export function checkLiteralAddress(url: URL, { allowsPrivate }: { allowsPrivate: boolean }): void {
  const literal = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(literal) !== 0 && !allowsPrivate && !isPublicAddress(literal)) throw new PrivateAddressError(url.hostname)
}

export type Resolve = (hostname: string, options: LookupAllOptions, callback: (error: Error | null, addresses: LookupAddress[]) => void) => void

/** Looks a name up and refuses private addresses: what is connected to is what was checked, whatever the name means a moment later. */
export function guardedLookup({ allowsPrivate, resolve = lookup }: { allowsPrivate: boolean; resolve?: Resolve | undefined }): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '')
      if (!allowsPrivate && addresses.some(({ address }) => !isPublicAddress(address))) return callback(new PrivateAddressError(hostname), '')
      if (options.all) return callback(null, addresses)
      callback(null, addresses[0]!.address, addresses[0]!.family)
    })
  }
}
