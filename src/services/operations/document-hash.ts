import { createHash } from 'node:crypto'

/** SHA-256 of the exact bytes, in lower case. */
export function hashOf(body: string): string {
  return createHash('sha256').update(body, 'utf8').digest('hex')
}

/** A hash as clients write it, with or without its algorithm before it, as it is stored. */
export function bareHash(given: string): string {
  return given.replace(/^sha256:/i, '').toLowerCase()
}
