import type { ModelVersion } from '../../generated/prisma/client.ts'

/** What a version's own model is called on its server: the same whenever it is made, and no other version's. */
export function modelNameFor({ id, name }: Pick<ModelVersion, 'id' | 'name'>): string {
  const readable = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
  // The end of a UUID v7 is random; its beginning is the time.
  return ['understudy', readable, id.slice(-8)].filter(Boolean).join('-')
}
