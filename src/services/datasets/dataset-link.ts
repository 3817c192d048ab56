import { z } from 'zod'
import type { Resources } from '../../resources.ts'
import { readToken, signToken } from '../access/signed-token.ts'

const Payload = z.object({ dataset: z.string().max(100), expires: z.number().int() })

/** Where a dataset's file can be had without a key, until it expires. */
export async function datasetLink(
  { database, publicUrl }: Pick<Resources, 'database' | 'publicUrl'>,
  { id, expiresAt }: { id: string; expiresAt: Date },
): Promise<string> {
  return `${publicUrl.base()}/exports/${await signToken({ database }, { dataset: id, expires: expiresAt.getTime() })}`
}

/** The dataset that a link is for, or null when we did not sign it or its time is over. */
export async function readDatasetLink(resources: Pick<Resources, 'database'>, token: string): Promise<string | null> {
  const payload = await readToken(resources, token, Payload)
  return payload && payload.expires > Date.now() ? payload.dataset : null
}
