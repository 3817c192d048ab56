import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { startApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { createLogger } from '../../src/lib/logger.ts'

const executablePath = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => path && existsSync(path),
)

// The promise of the README: the link that the server prints opens GraphiQL, which needs nothing from the network.
describe.skipIf(!executablePath)('GraphiQL', () => {
  it('opens with the link, runs a query and follows a draft, without any request to another host', async () => {
    const DATA_DIR = await mkdtemp(join(tmpdir(), 'understudy-e2e-'))
    const config = readConfig({
      PORT: '0',
      DATA_DIR,
      GENERATOR: 'extractive',
      EMBEDDER: 'none',
      LOG_LEVEL: 'silent',
      BOOTSTRAP_ADMIN_KEY: 'an-admin-key-for-the-browser',
    })
    const app = await startApp(config, { logger: createLogger({ level: 'silent', isTerminal: false }) })
    const browser = await chromium.launch({
      executablePath: executablePath!,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    })
    try {
      const page = await browser.newPage()
      const foreign: string[] = []
      page.on('request', (request) => {
        const url = new URL(request.url())
        if (url.protocol.startsWith('http') && url.origin !== new URL(app.url).origin) foreign.push(request.url())
      })
      await page.goto(app.consoleLink!)
      const run = async (query: string) => {
        await page.goto(`${app.url}?query=${encodeURIComponent(query)}`)
        await page.locator('.graphiql-execute-button').click()
      }
      const answer = () => page.locator('.result-window').innerText()
      await run('query Me { viewer { role } }')
      await expect.poll(answer, { timeout: 20_000 }).toContain('ADMIN')

      const { resources } = app
      const { viewerOfKey } = await import('../../src/services/access/viewer-of-key.ts')
      const by = viewerOfKey(await resources.database.apiKey.findFirstOrThrow())
      const { openConversation } = await import('../../src/services/conversations/open-conversation.ts')
      const { draftReply } = await import('../../src/services/drafting/draft-reply.ts')
      const { id: conversationId } = await openConversation(resources, { input: { message: 'Hello?' }, by })
      const draft = await draftReply(resources, { conversationId, by })
      const draftId = Buffer.from(`Draft:${draft.id}`).toString('base64url')
      await run(`subscription Follow { draftEvents(draftId: "${draftId}") { __typename ... on DraftCompleted { draft { text } } } }`)
      await expect.poll(answer, { timeout: 20_000 }).toContain('DraftCompleted')
      expect(foreign).toEqual([])
    } finally {
      await browser.close()
      await app.stop()
      await rm(DATA_DIR, { recursive: true, force: true })
    }
  })
})
