import { createHash, randomBytes } from 'node:crypto'

const sessionMs = 12 * 3600_000
const cookieName = 'understudy_console'

/**
 * Who may use GraphiQL in a browser: whoever follows the link that the operator sees at start, once. The cookie stands for a key, is HttpOnly
 * and SameSite=Strict, lives as long as the process, and counts only for requests of our own pages.
 */
export function createConsoleSessions() {
  let linkHash: string | null = null
  const sessions = new Map<string, number>()
  return {
    /** A new one-time token; the one before is void. */
    newLinkToken(): string {
      const token = randomBytes(24).toString('base64url')
      linkHash = hash(token)
      return token
    },
    /** The Set-Cookie header for whoever brings the token, or null when it is wrong or used. */
    redeem(token: string): string | null {
      if (linkHash === null || hash(token) !== linkHash) return null
      linkHash = null
      const session = randomBytes(24).toString('base64url')
      sessions.set(hash(session), Date.now() + sessionMs)
      return `${cookieName}=${session}; Path=/graphql; HttpOnly; SameSite=Strict; Max-Age=${sessionMs / 1000}`
    },
    isOpen(cookieHeader: string | undefined): boolean {
      const session = new RegExp(`(?:^|;\\s*)${cookieName}=([\\w-]+)`).exec(cookieHeader ?? '')?.[1]
      return session !== undefined && (sessions.get(hash(session)) ?? 0) > Date.now()
    },
  }
}

export type ConsoleSessions = ReturnType<typeof createConsoleSessions>

function hash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
