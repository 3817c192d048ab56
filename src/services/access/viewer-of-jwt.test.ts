import { describe, expect, it } from 'vitest'
import { audience, issuer, startIdentityProvider } from '../../../test/support/identity-provider.ts'
import { readConfig } from '../../config.ts'
import type { Resources } from '../../resources.ts'
import { viewerOfJwt } from './viewer-of-jwt.ts'

describe('a JWT while its keys cannot be read', () => {
  it('is refused with a line in the log, and not every request asks again', async () => {
    const provider = await startIdentityProvider()
    provider.fail(503)
    const lines: string[] = []
    const logger = { warn: (_details: object, message: string) => void lines.push(message) }
    const config = readConfig({ JWKS_URL: provider.url, JWT_ISSUER: issuer, JWT_AUDIENCE: audience })
    const resources = { config, logger, database: {} } as unknown as Resources
    for (let time = 0; time < 3; time += 1) expect(await viewerOfJwt(resources, await provider.sign())).toBeNull()
    expect(lines).toEqual(['the keys at JWKS_URL cannot be read: JWTs are refused until they can'])
    expect(provider.asked()).toBe(1)
    await provider.stop()
  })
})
