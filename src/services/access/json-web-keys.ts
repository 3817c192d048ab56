import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose'
import type { Resources } from '../../resources.ts'

const timeoutMs = 5_000
const keptMs = 10 * 60_000
/** A token that names an unknown key makes us look for new ones, no more often than this. */
const cooldownMs = 30_000
/** After a look that failed. */
const retryAfterMs = 5_000

/** The identity provider's public keys, read when they are needed and kept for ten minutes. While they cannot be read, one request in five seconds tries. */
export function openJsonWebKeys(url: string, { logger }: Pick<Resources, 'logger'>): JWTVerifyGetKey {
  let failure: { error: unknown; until: number } | null = null
  return createRemoteJWKSet(new URL(url), {
    timeoutDuration: timeoutMs,
    cacheMaxAge: keptMs,
    cooldownDuration: cooldownMs,
    [customFetch]: async (...request) => {
      if (failure && Date.now() < failure.until) throw failure.error
      try {
        const response = await fetch(...request)
        if (response.status !== 200) throw new Error(`it answered with status ${response.status}`)
        failure = null
        return response
      } catch (error) {
        failure = { error, until: Date.now() + retryAfterMs }
        logger.warn({ err: error }, 'the keys at JWKS_URL cannot be read: JWTs are refused until they can')
        throw error
      }
    },
  })
}
