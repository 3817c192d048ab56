import { describe, expect, test } from 'vitest'
import { type Embedder, EmbedderUnavailableError } from '../../engines/embedder.ts'
import type { IntentRouter, Routing } from '../../engines/intent-router.ts'
import type { ConversationTurn } from '../retrieval/conversation-queries.ts'
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

test.each(['???', '👍', '12345', ' … '])('abstains on %j, which has no letter', async (text) => {
  expect(await routeMessage({ router, embedder: working }, { text })).toMatchObject({ intent: null, confidence: 0, degraded: false })
})

test('lets an abort through', async () => {
  const aborted = embedder(() => Promise.reject(new DOMException('stop', 'AbortError')))
  await expect(routeMessage({ router, embedder: aborted }, { text: 'Hello' })).rejects.toThrow('stop')
})

describe('with what was said before', () => {
  const history: ConversationTurn[] = [
    { author: 'customer', text: 'How long does shipping to Alaska take?' },
    { author: 'agent', text: 'Seven business days.' },
  ]
  const embedded = async (text: string, turns?: ConversationTurn[]) => {
    const asked: string[] = []
    const listening = embedder(async (texts) => {
      asked.push(...texts)
      return texts.map(() => new Float32Array(4))
    })
    await routeMessage({ router, embedder: listening }, { text, history: turns })
    return asked
  }
  test("routes a follow-up together with the customer's previous message", async () => {
    expect(await embedded('And to Canada?', history)).toEqual(['How long does shipping to Alaska take?\nAnd to Canada?'])
  })
  test('routes a message that stands alone by itself', async () => {
    const text = 'My tent pole snapped during the storm last weekend.'
    expect(await embedded(text, history)).toEqual([text])
  })
  test('routes the first message by itself', async () => {
    expect(await embedded('Canada?')).toEqual(['Canada?'])
  })
})
