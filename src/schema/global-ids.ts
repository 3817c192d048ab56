import { NotFoundError } from '../services/errors.ts'

export { encodeGlobalId } from '../lib/global-id.ts'

/** The parts of a global id, or null for anything that this server cannot have made. */
export function decodeGlobalId(globalId: string): { typename: string; id: string } | null {
  if (globalId.length > 200) return null
  const match = /^([A-Za-z]{1,50}):([A-Za-z0-9_-]{1,100})$/.exec(Buffer.from(globalId, 'base64url').toString('latin1'))
  return match ? { typename: match[1]!, id: match[2]! } : null
}

/** For queries, where an unknown id is null: the local id, or null when it is malformed or of another type. */
export function localIdOrNull(typename: string | string[], globalId: string): string | null {
  const decoded = decodeGlobalId(globalId)
  return decoded && [typename].flat().includes(decoded.typename) ? decoded.id : null
}

/** For mutations: throws NotFoundError for an id that is malformed or of another type. `what` is the word that a reader knows it by. */
export function localId(typename: string | string[], globalId: string, what = [typename].flat()[0]!.toLowerCase()): string {
  const id = localIdOrNull(typename, globalId)
  if (id === null) throw new NotFoundError(what)
  return id
}
