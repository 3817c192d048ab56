import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { killLaunched, launchKey, launchServer, runCommand } from '../support/launch.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'understudy-operations-'))
})
afterAll(async () => {
  killLaunched()
  await rm(folder, { recursive: true, force: true })
})

const body = 'query Inbox { conversations(first: 5) { edges { node { id subject } } } }'
const hash = createHash('sha256').update(body).digest('hex')

describe('npm run operations', () => {
  it('registers a manifest, lists it, and says whose operations a changed schema would break', async () => {
    const server = await launchServer({ DATA_DIR: join(folder, 'data') })
    const environment = { DATA_DIR: join(folder, 'data'), UNDERSTUDY_URL: server.url, UNDERSTUDY_KEY: launchKey }
    const operations = (...parameters: string[]) => runCommand('bin/operations/main.ts', parameters, environment)
    const { createApiKey } = await server.ask(
      'mutation { createApiKey(input: { name: "Acme", role: PARTNER }) { ... on CreatedApiKey { secret apiKey { id } } } }',
    )
    const manifest = join(folder, 'manifest.json')
    await writeFile(manifest, JSON.stringify({ [hash]: body }))
    expect(await operations('register', manifest, '--api-key', createApiKey.apiKey.id)).toEqual({
      code: 0,
      output: '1 operations of Acme are in manifest 1; the dearest costs 6 points.\n',
    })
    expect(await operations('list')).toEqual({
      code: 0,
      output: `Acme: query Inbox, ACTIVE, 6 points, never used, sha256:${hash}\n1 registered operations\n`,
    })
    expect(await operations('check')).toEqual({ code: 0, output: '1 operations work with schema.graphql.\n' })
    const changed = join(folder, 'changed.graphql')
    const schema = await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8')
    await writeFile(changed, schema.replace(/^( {2})subject(: String)$/m, '$1title$2'))
    const broken = await operations('check', '--schema', changed)
    expect(broken.code).toBe(1)
    expect(broken.output).toContain(`Acme, Inbox (sha256:${hash.slice(0, 12)}…): Cannot query field "subject" on type "Conversation".`)
    expect(broken.output).toContain(`1 of 1 operations would break with ${changed}.`)
    expect((await operations('check', '--schema', changed, '--manifest', manifest)).code).toBe(1)
  })
})
