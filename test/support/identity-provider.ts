import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'

export const issuer = 'https://login.example.com/'
export const audience = 'understudy'

/** Publishes its public key, and signs with the other half. */
export async function startIdentityProvider() {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256', use: 'sig' }]
  let status = 200
  let asked = 0
  const server = createServer((_request, response) => {
    asked += 1
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ keys }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`,
    publicKey: keys[0]!,
    asked: () => asked,
    fail: (withStatus: number) => void (status = withStatus),
    sign: (
      claims: JWTPayload = {},
      { key = privateKey, kid = 'one', alg = 'ES256' }: { key?: CryptoKey | Uint8Array; kid?: string; alg?: string } = {},
    ) =>
      new SignJWT({ iss: issuer, aud: audience, sub: 'ada', role: 'AGENT', exp: Math.floor(Date.now() / 1000) + 300, ...claims })
        .setProtectedHeader({ alg, kid })
        .sign(key),
    stop: () => new Promise((resolve) => server.close(resolve)),
  }
}

export type IdentityProvider = Awaited<ReturnType<typeof startIdentityProvider>>
