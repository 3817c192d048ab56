import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPublicUrl } from '../../src/lib/public-url.ts'
import { signingSecret } from '../../src/services/access/signing-secret.ts'
import { deskOf, rowId } from '../support/desk.ts'
import { scriptGenerator } from '../support/scripted-generator.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
const desk = deskOf(() => server)
beforeAll(async () => {
  server = await startServer({ ...scriptGenerator({ pieces: ['Hello.'] }), environment: { EMBEDDER: 'none', SURVEY_DAYS: '14' } })
})
afterAll(() => server?.stop())

const database = () => server.app.resources.database
const surveyFields = 'token url expiresAt intent agent { name } draft { id } rating { score comment }'

async function resolved(key?: string) {
  const id = await desk.open('My secret question', {}, key)
  const { survey } = await desk.mutate('resolveConversation', { conversationId: id }, `survey { ${surveyFields} }`)
  return { id, survey }
}
const rate = (input: object, key?: string) => desk.mutate('rateConversation', input, 'id score comment', key)

// First, while there is no secret yet.
it('is signed with one secret, also when several are signed for the first time together', async () => {
  const secrets = await Promise.all(Array.from({ length: 10 }, () => signingSecret(server.app.resources)))
  expect(new Set(secrets).size).toBe(1)
})

describe('a survey', () => {
  it('is one a resolution, and can be asked for', async () => {
    const { id, survey } = await resolved()
    expect(Date.parse(survey.expiresAt) / 86_400_000 - Date.now() / 86_400_000).toBeCloseTo(14, 2)
    const asked = await Promise.all([1, 2, 3].map(() => desk.mutate('createSurvey', { conversationId: id }, 'token')))
    expect(asked.map(({ token }) => token)).toEqual([survey.token, survey.token, survey.token])
    await desk.mutate('addMessage', { conversationId: id, text: 'One more thing' })
    expect(await desk.mutate('createSurvey', { conversationId: id })).toMatchObject({ __typename: 'ConflictError', code: 'CONFLICT' })
    expect(await desk.mutate('createSurvey', { conversationId: 'nonsense' })).toMatchObject({ code: 'NOT_FOUND' })
    const again = await desk.mutate('resolveConversation', { conversationId: id }, 'survey { token }')
    expect(again.survey.token).not.toBe(survey.token)
    expect(await database().survey.count({ where: { conversationId: rowId(id) } })).toBe(2)
  })

  it('keeps whom and what it rates, whatever happens later', async () => {
    const id = await desk.open()
    const { id: draftId } = await desk.mutate('draftReply', { conversationId: id }, 'id')
    await expect.poll(async () => (await desk.ask('query ($id: ID!) { draft(id: $id) { status } }', { id: draftId })).draft.status).toBe('READY')
    const agent = await database().agent.create({ data: { name: 'Ada' } })
    const key = await server.createKey('AGENT', { agentId: agent.id })
    await desk.mutate('sendReply', { conversationId: id, text: 'Hello.', draftId }, 'id', key)
    await desk.mutate('addNote', { conversationId: id, text: 'Done' })
    await database().conversation.update({ where: { id: rowId(id) }, data: { intent: 'greeting' } })
    await desk.mutate('resolveConversation', { conversationId: id })
    await desk.mutate('addMessage', { conversationId: id, text: 'Thanks' })
    await desk.mutate('sendReply', { conversationId: id, text: 'By somebody else.' })
    await database().conversation.update({ where: { id: rowId(id) }, data: { intent: 'thanks' } })
    expect((await desk.read(id, `survey { ${surveyFields} }`)).survey).toMatchObject({
      agent: { name: 'Ada' },
      draft: { id: draftId },
      intent: 'greeting',
    })
    const stored = await database().survey.findFirstOrThrow({ where: { conversationId: rowId(id) } })
    expect(stored.modelVersionId).toBe((await database().draft.findUniqueOrThrow({ where: { id: rowId(draftId) } })).modelVersionId)
    expect(stored.modelVersionId).not.toBeNull()
  })
})

describe('rating', () => {
  it('stores one answer, which a later one replaces', async () => {
    const { id, survey } = await resolved()
    const first = await rate({ token: survey.token, score: 2, comment: 'Slow.' })
    expect(first).toMatchObject({ __typename: 'SatisfactionRating', score: 2, comment: 'Slow.' })
    const answers = await Promise.all([4, 4, 4, 4].map((score) => rate({ token: survey.token, score })))
    expect(answers.map((answer) => [answer.id, answer.score, answer.comment])).toEqual(Array(4).fill([first.id, 4, null]))
    expect(await database().satisfactionRating.count({ where: { survey: { conversationId: rowId(id) } } })).toBe(1)
    expect((await desk.timeline(id)).filter((entry) => entry.includes('Rating'))).toEqual(['Customer Rating 2', 'Customer Rating 4'])
    expect((await desk.read(id, 'survey { rating { score } }')).survey.rating).toEqual({ score: 4 })
  })

  it('is for the customer of the conversation, with a key of their own, and for no other', async () => {
    const keyOf = async () => server.createKey('CUSTOMER', { customerId: (await database().customer.create({ data: {} })).id })
    const [own, other] = [await keyOf(), await keyOf()]
    const { survey } = await resolved(own)
    const rated = await rate({ token: survey.token, score: 5 }, own)
    expect(rated).toMatchObject({ score: 5 })
    expect(await rate({ token: survey.token, score: 1 }, other)).toMatchObject({ __typename: 'NotFoundError', code: 'NOT_FOUND' })
    const node = (key: string) => desk.ask('query ($id: ID!) { node(id: $id) { ... on SatisfactionRating { score } } }', { id: rated.id }, key)
    expect(await node(own)).toEqual({ node: { score: 5 } })
    expect(await node(other)).toEqual({ node: null })
  })

  it('refuses a bad score, a long comment, and a token that is forged, cut or expired', async () => {
    const { id, survey } = await resolved()
    const { token } = survey
    for (const score of [0, 6, -1]) expect(await rate({ token, score })).toMatchObject({ code: 'INVALID_INPUT' })
    expect(await rate({ token, score: 3, comment: 'x'.repeat(2_001) })).toMatchObject({ code: 'INVALID_INPUT' })
    const [payload, signature] = token.split('.')
    const later = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(payload, 'base64url').toString()), expires: 9e12 })).toString('base64url')
    for (const bad of [
      '',
      'nonsense',
      `${payload}.`,
      `${payload}.${signature.slice(1)}`,
      `${payload}.${'A'.repeat(43)}`,
      `${later}.${signature}`,
      'a.b'.repeat(5_000),
    ])
      expect(await rate({ token: bad, score: 3 })).toMatchObject({ code: 'NOT_FOUND' })
    await database().survey.updateMany({ where: { conversationId: rowId(id) }, data: { expiresAt: new Date() } })
    expect(await rate({ token, score: 3 })).toMatchObject({ __typename: 'ConflictError', code: 'CONFLICT' })
    expect(await database().satisfactionRating.count({ where: { survey: { conversationId: rowId(id) } } })).toBe(0)
  })
})

describe('the page behind the link', () => {
  const answer = (url: string, fields: Record<string, string>) => fetch(url, { method: 'POST', body: new URLSearchParams(fields) })

  it('takes the answer without a key, and shows nothing of the conversation', async () => {
    const { id, survey } = await resolved()
    expect(survey.url).toBe(`${server.base}/surveys/${survey.token}`)
    const page = await fetch(survey.url)
    expect(page.status).toBe(200)
    const csp = page.headers.get('content-security-policy')
    expect(csp).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'$/)
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
    const html = await page.text()
    expect(html).not.toMatch(/secret question|<script|src=|href=/)
    expect(html.match(/<label><input type="radio" name="score" value="[1-5]" required>/g)).toHaveLength(5)

    const comment = `"></textarea><script>alert('hi')</script>\r\nSecond line & more`
    const thanks = await answer(survey.url, { score: '4', comment })
    expect(thanks.status).toBe(200)
    const shown = await thanks.text()
    expect(shown).toContain('Thank you')
    expect(shown).not.toContain('<script')
    expect(shown).toContain('value="4" required checked')
    expect((await desk.read(id, 'survey { rating { score comment } }')).survey.rating).toEqual({ score: 4, comment: comment.replace('\r\n', '\n') })
  })

  it('says what is wrong, and keeps what was written', async () => {
    const { id, survey } = await resolved()
    const unchosen = await answer(survey.url, { comment: 'Kept' })
    expect(unchosen.status).toBe(400)
    const html = await unchosen.text()
    expect(html).toContain('role="alert"')
    expect(html).toContain('Kept')
    expect((await answer(survey.url, { score: '5', comment: 'x'.repeat(2_001) })).status).toBe(400)
    expect((await answer(survey.url, { score: '5', comment: 'x'.repeat(100_000) })).status).toBe(413)
    expect((await answer(survey.url, { score: '7' })).status).toBe(400)
    expect((await fetch(`${server.base}/surveys/nonsense`)).status).toBe(404)
    expect((await answer(`${survey.url}x`, { score: '5' })).status).toBe(404)
    expect((await fetch(survey.url, { method: 'DELETE' })).status).toBe(405)
    await database().survey.updateMany({ where: { conversationId: rowId(id) }, data: { expiresAt: new Date() } })
    expect((await fetch(survey.url)).status).toBe(410)
    expect((await answer(survey.url, { score: '5' })).status).toBe(410)
  })

  it('has the address that the operator gave', () => {
    const behindProxy = createPublicUrl({ configured: 'https://desk.example/support/', fallback: 'http://127.0.0.1:4000' })
    behindProxy.listensAt('http://127.0.0.1:51234')
    expect(behindProxy.base()).toBe('https://desk.example/support')
  })
})
