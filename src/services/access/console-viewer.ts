import type { Resources } from '../../resources.ts'
import { validKey } from './valid-key.ts'
import type { Viewer } from './viewer.ts'
import { viewerOfKey } from './viewer-of-key.ts'

/** Whoever opened the console with the operator's link acts as the oldest admin; null when every admin key is revoked or expired. */
export async function consoleViewer({ database }: Pick<Resources, 'database'>): Promise<Viewer | null> {
  const key = await database.apiKey.findFirst({
    where: { role: 'ADMIN', ...validKey() },
    orderBy: { createdAt: 'asc' },
  })
  return key && viewerOfKey(key)
}
