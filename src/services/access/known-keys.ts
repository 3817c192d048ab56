import { LRUCache } from 'lru-cache'
import type { Resources } from '../../resources.ts'
import type { Database } from '../../stores/database.ts'
import { accessTopic } from './live-rights.ts'
import type { Viewer } from './viewer.ts'

/** So long a key counts here that was revoked on another replica while no wake-up came through. */
const rememberedMs = 2_000
const mostRemembered = 5_000

/** Viewers by the hash of their key, so that not each request of a busy client asks the database who it is. */
export interface KnownKeys {
  /** Asks `read` when it does not know; what it does not find is not remembered. */
  get(hash: string, read: () => Promise<Viewer | null>): Promise<Viewer | null>
}

const known = new WeakMap<Database, KnownKeys>()

/** Those of this database. All are forgotten when a key is revoked or rotated, on whatever replica. */
export function knownKeys({ database, wakeUps }: Pick<Resources, 'database' | 'wakeUps'>): KnownKeys {
  const ours = known.get(database) ?? createKnownKeys(wakeUps)
  known.set(database, ours)
  return ours
}

function createKnownKeys(wakeUps: Resources['wakeUps']): KnownKeys {
  const viewers = new LRUCache<string, Viewer>({ max: mostRemembered, ttl: rememberedMs })
  let changes = 0
  wakeUps.listen(accessTopic, () => {
    changes++
    viewers.clear()
  })
  return {
    async get(hash, read) {
      const viewer = viewers.get(hash)
      if (viewer && (viewer.expiresAt === null || viewer.expiresAt.getTime() > Date.now())) return viewer
      const before = changes
      const found = await read()
      // What was read before a revocation may be what it has ended.
      if (found && changes === before) viewers.set(hash, found)
      return found
    },
  }
}
