import type { IncomingMessage } from 'node:http'
import type { Config } from '../config.ts'

/**
 * Whether a browser's page may use this server. Programs send no Origin, and need a key like everybody; without ALLOWED_ORIGINS every page may ask,
 * because no browser sends a key by itself.
 */
export function isAllowedOrigin({ headers }: Pick<IncomingMessage, 'headers'>, { ALLOWED_ORIGINS }: Pick<Config, 'ALLOWED_ORIGINS'>): boolean {
  const { origin, host } = headers
  if (origin === undefined || ALLOWED_ORIGINS.size === 0) return true
  return ALLOWED_ORIGINS.has(origin.toLowerCase()) || origin === `http://${host}` || origin === `https://${host}`
}
