import { expect, it } from 'vitest'
import { CreateArticleDocument, DraftEventsDocument, DraftReplyDocument, OpenConversationDocument, SendReplyDocument } from '../generated/graphql.ts'
import { startReplay } from '../support/slow-ollama.ts'
import { startServer } from '../support/start-server.ts'

/** The bytes up to where the first differing user message begins, and what it says. */
function parts(body: string): { fixed: string; user: string } {
  const { messages } = JSON.parse(body) as { messages: { role: string; content: string }[] }
  expect(messages.map(({ role }) => role)).toEqual(['system', 'user'])
  const user = messages[1]!.content
  const start = body.indexOf(JSON.stringify(user))
  expect(start).toBeGreaterThan(0)
  return { fixed: body.slice(0, start), user }
}

function sharedLength(first: string, second: string): number {
  let length = 0
  while (length < first.length && first[length] === second[length]) length += 1
  return length
}

it('what a model is sent begins with the same bytes for every draft, so that its server can keep what it has read', async () => {
  const ollama = await startReplay({ pieces: 2, pauseMs: 1 })
  const server = await startServer({
    environment: { EMBEDDER: 'none', GENERATOR: 'ollama', OLLAMA_HOST: ollama.url, OLLAMA_MODEL: 'scripted', HAND_OVER_TIMEOUT_MS: '0' },
  })
  const open = async (message: string) => {
    const { openConversation } = await server.run(OpenConversationDocument, { input: { message } })
    if (openConversation.__typename !== 'Conversation') throw new Error(openConversation.__typename)
    return openConversation.id
  }
  const bodyOf = async (conversationId: string, input: { instruction?: string; tone?: 'FORMAL' | 'SHORTER' } = {}) => {
    const { draftReply } = await server.run(DraftReplyDocument, { input: { conversationId, ...input } })
    if (draftReply.__typename !== 'Draft') throw new Error(draftReply.__typename)
    for await (const _event of server.events(DraftEventsDocument, { draftId: draftReply.id }));
    return ollama.bodies.at(-1)!
  }
  try {
    const withoutSources = await bodyOf(await open('Wann kommt mein Paket an?'))
    await server.run(CreateArticleDocument, {
      input: { title: 'Returns', category: 'Returns', body: 'You can return an item within 30 days. The label is free.' },
    })
    const conversationId = await open('How can I return an item?')
    const plain = await bodyOf(conversationId)
    const bodies = [
      plain,
      await bodyOf(conversationId, { tone: 'FORMAL' }),
      await bodyOf(conversationId, { instruction: 'Offer a coupon.', tone: 'SHORTER' }),
      withoutSources,
    ]
    await server.run(SendReplyDocument, { input: { conversationId, text: 'Within 30 days.' } })
    bodies.push(await bodyOf(conversationId, { instruction: 'Say it again.' }))
    await server.restart()
    bodies.push(await bodyOf(await open('Is the label free?')))

    const { fixed, user } = parts(plain)
    for (const body of bodies) expect(parts(body).fixed).toBe(fixed)
    expect(fixed).toMatch(/^\{"model":"scripted","messages":\[\{"role":"system","content":"You draft replies/)
    // Neither a time nor an id: the next hour or the next customer would change the bytes.
    expect(fixed).not.toMatch(/\d{4}-\d\d|\d\d:\d\d|[0-9a-f]{8}/)
    expect(user).toContain('within 30 days')
    expect(parts(withoutSources).user).toContain('<articles>none were found</articles>')

    // A draft with other wishes differs from the one before only after the customer's message.
    for (const body of bodies.slice(1, 3)) expect(plain.slice(0, sharedLength(plain, body))).toContain('</customer_message>')
  } finally {
    await server.stop()
    await ollama.close()
  }
})
