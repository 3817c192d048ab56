import type { Article } from '../../generated/prisma/client.ts'
import { ConflictError } from '../errors.ts'

/** Throws a ConflictError when the article has another version than the one that was read. The caller holds the row's lock. */
export function checkVersion({ version }: Article, expectedVersion: number | null | undefined): void {
  if (typeof expectedVersion !== 'number' || expectedVersion === version) return
  throw new ConflictError(`The article is at version ${version}, and you changed version ${expectedVersion}. Read it again and repeat your change.`)
}
