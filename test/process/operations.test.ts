import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
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
      output: '1 operation of Acme is in manifest 1; the dearest costs 6 points.\n',
    })
    expect(await operations('list')).toEqual({
      code: 0,
      output: `Acme: query Inbox, ACTIVE, 6 points, never used, sha256:${hash}\n1 registered operation\n`,
    })
    expect(await operations('check')).toEqual({ code: 0, output: '1 operation works with schema.graphql.\n' })
    const changed = join(folder, 'changed.graphql')
    const schema = await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8')
    await writeFile(changed, schema.replace(/^( {2})subject(: String)$/m, '$1title$2'))
    const broken = await operations('check', '--schema', changed)
    expect(broken.code).toBe(1)
    expect(broken.output).toContain(`Acme, Inbox (sha256:${hash.slice(0, 12)}…): Cannot query field "subject" on type "Conversation".`)
    expect(broken.output).toContain(`1 of 1 operation would break with ${changed}.`)
    expect((await operations('check', '--schema', changed, '--manifest', manifest)).code).toBe(1)
    const draft = join(folder, 'draft.json')
    const text = 'query Later { viewer { id } }'
    await writeFile(draft, JSON.stringify({ [createHash('sha256').update(text).digest('hex')]: text }))
    const apiKey = ['--api-key', createApiKey.apiKey.id] as const
    expect((await operations('register', draft, ...apiKey, '--draft')).output).toMatch(/^Later \(sha256:\w+\) is DRAFT\n/)
    expect((await operations('register', draft, ...apiKey)).output).toContain('is DRAFT, as before, and is refused. To have it answered')
    expect(await operations('activate', draft, ...apiKey)).toEqual({ code: 0, output: '1 operation of Acme is ACTIVE.\n' })
  })

  it('makes no database to look into, and says which variable to set', async () => {
    const nowhere = join(folder, 'nowhere')
    for (const command of ['list', 'check']) {
      const { code, output } = await runCommand('bin/operations/main.ts', [command], { DATA_DIR: nowhere })
      expect([code, output]).toEqual([1, expect.stringMatching(/There is no database in DATA_DIR .*nowhere\. Set UNDERSTUDY_URL .* key of an admin/)])
    }
    expect(existsSync(nowhere)).toBe(false)
    const { output } = await runCommand('bin/operations/main.ts', ['list'], { UNDERSTUDY_URL: 'http://127.0.0.1:9' })
    expect(output).toContain('Set UNDERSTUDY_KEY too, to the key of an admin.')
  })
})
