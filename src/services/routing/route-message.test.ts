import { expect, test } from 'vitest'
import { type Embedder, EmbedderUnavailableError } from '../../engines/embedder.ts'
import type { IntentRouter, Routing } from '../../engines/intent-router.ts'
import { routeMessage } from './route-message.ts'

const routed: Routing = { intent: 'refund', confidence: 0.9, margin: 0.8, outOfScope: false, alternatives: [], nearest: [] }
const router = { route: () => routed, current: () => ({ model: 'mini' }) } as unknown as IntentRouter
const embedder = (embed: Embedder['embed'], model = 'mini') => ({ model, embed }) as Embedder
const working = embedder(async (texts) => texts.map(() => new Float32Array(4)))

test('routes by the current head', async () => {
  expect(await routeMessage({ router, embedder: working }, { text: 'Where is my money?' })).toEqual({ ...routed, degraded: false })
})

test('abstains without embedding anything when there is no head', async () => {
  const empty = { ...router, current: () => null }
  const strict = embedder(() => Promise.reject(new Error('must not be asked')))
  expect(await routeMessage({ router: empty, embedder: strict }, { text: 'Hello' })).toMatchObject({ intent: null, degraded: false })
})

test.each([
  ['off', null],
  ['away', embedder(() => Promise.reject(new EmbedderUnavailableError('no model')))],
  ['another one than the head was trained with', embedder(async () => [new Float32Array(4)], 'other')],
])('abstains and says so when the embedder is %s', async (_, away) => {
  expect(await routeMessage({ router, embedder: away }, { text: 'Hello' })).toMatchObject({ intent: null, confidence: 0, degraded: true })
})

test('lets an abort through', async () => {
  const aborted = embedder(() => Promise.reject(new DOMException('stop', 'AbortError')))
  await expect(routeMessage({ router, embedder: aborted }, { text: 'Hello' })).rejects.toThrow('stop')
})
