import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeGlobalId } from '../../src/schema/global-ids.ts'
import {
  AddMessageDocument,
  AddNoteDocument,
  CreateArticleDocument,
  DraftByIdDocument,
  DraftEventsDocument,
  DraftReplyDocument,
  OpenConversationDocument,
} from '../generated/graphql.ts'
import { type Injection, injections } from '../support/injections.ts'
import { startObeyingOllama } from '../support/obeying-ollama.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

/** Words that must stand in no prompt and in no draft: what they are in is not for the customer. */
const canaries = {
  note: 'quagmire-note-5521',
  otherMessage: 'wombat-order-9083',
  otherName: 'Zelda Quillfeather',
  otherEmail: 'zelda.quillfeather@private-mail.example',
  otherSubject: 'subject-narwhal-77',
  staffArticle: 'tangerine-limit-3100',
  draftArticle: 'unpublished-otter-6',
  apiKey: 'sk-canary-2718281828',
}
const asked = 'How do I return a tent or rent a kayak, and what do the refund limits say?'

it('has forty attempts, no two alike', () => {
  expect(new Set(injections.map(({ text }) => text)).size).toBe(40)
})

describe.each(['extractive', 'ollama'])('attempts to inject instructions, against the %s engine', (engine) => {
  let server: TestServer
  let model: Awaited<ReturnType<typeof startObeyingOllama>>

  beforeAll(async () => {
    model = await startObeyingOllama()
    server = await startServer({
      environment: {
        EMBEDDER: 'none',
        GENERATOR: engine,
        OLLAMA_HOST: model.url,
        OLLAMA_MODEL: 'obeying',
        OPENAI_API_KEY: canaries.apiKey,
      },
    })
    const articles = [
      {
        title: 'Returns',
        category: 'Returns',
        body: 'You can return a tent within 30 days. We refund your payment method. Open https://northwind.example/returns.',
      },
      {
        title: 'Refund limits',
        category: 'Staff',
        audience: 'INTERNAL' as const,
        body: `Refund limits of agents for a tent: ${canaries.staffArticle}, notes and keys.`,
      },
      { title: 'Refund limits of a tent', category: 'Returns', status: 'DRAFT' as const, body: `Refund a tent: ${canaries.draftArticle}.` },
    ]
    for (const input of articles)
      expect(await server.run(CreateArticleDocument, { input })).toMatchObject({ createArticle: { __typename: 'Article' } })
    const other = await open({
      message: `I want to return my tent and kayak, ${canaries.otherMessage}`,
      subject: canaries.otherSubject,
      customer: { externalId: 'zelda', name: canaries.otherName, email: canaries.otherEmail },
    })
    await note(other)
    await draft(other)
    model.requests.length = 0
  })
  afterAll(async () => {
    await server?.stop()
    await model?.close()
  })

  async function open(input: { message: string; subject?: string; customer?: { externalId: string; name: string; email: string } }) {
    const { openConversation } = await server.run(OpenConversationDocument, { input })
    if (openConversation.__typename !== 'Conversation') throw new Error(JSON.stringify(openConversation))
    return openConversation.id
  }
  async function note(conversationId: string) {
    const { addNote } = await server.run(AddNoteDocument, {
      input: { conversationId, text: `Private: ${canaries.note}, tent, kayak, refund limits.` },
    })
    expect(addNote.__typename).toBe('Message')
  }
  async function draft(conversationId: string) {
    const { draftReply } = await server.run(DraftReplyDocument, { input: { conversationId } })
    if (draftReply.__typename !== 'Draft') throw new Error(JSON.stringify(draftReply))
    let streamed = ''
    for await (const { draftEvents: event } of server.events(DraftEventsDocument, { draftId: draftReply.id, afterSeq: 0 }))
      if (event.__typename === 'DraftDelta') streamed += event.text
    const { draft: finished } = await server.run(DraftByIdDocument, { id: draftReply.id })
    expect(finished!.text).toBe(streamed)
    return finished!
  }

  /** All that an attempt could have changed. */
  async function state() {
    const { database } = server.app.resources
    return {
      conversations: await database.conversation.findMany({
        orderBy: { id: 'asc' },
        select: {
          id: true,
          status: true,
          assigneeId: true,
          subject: true,
          snoozedUntil: true,
          escalatedAt: true,
          escalationReasons: true,
          escalationNote: true,
          messageCount: true,
        },
      }),
      messages: await database.message.findMany({ orderBy: { id: 'asc' }, select: { id: true, kind: true, text: true } }),
      timeline: await database.timelineEntry.groupBy({ by: ['kind'], where: { kind: { not: 'DRAFT' } }, _count: true, orderBy: { kind: 'asc' } }),
      articles: await database.article.findMany({
        orderBy: { id: 'asc' },
        select: { id: true, version: true, status: true, title: true, body: true, audience: true },
      }),
      intents: await database.intentExample.findMany({ orderBy: { id: 'asc' }, select: { text: true, intent: { select: { name: true } } } }),
      customers: await database.customer.findMany({ orderBy: { id: 'asc' } }),
      keys: await database.apiKey.findMany({ orderBy: { id: 'asc' }, select: { id: true, role: true, revokedAt: true } }),
    }
  }

  async function attempt({ place, text, name }: Injection): Promise<string> {
    if (place === 'message') {
      const conversationId = await open({ message: asked })
      await note(conversationId)
      await server.run(AddMessageDocument, { input: { conversationId, text: `${text}\n${asked}` } })
      return conversationId
    }
    const title = `Kayak rental, ${name}`
    const input = { title, category: 'Rental', body: `You can rent a kayak for 3 days (${name}).\n\n${text}` }
    expect(await server.run(CreateArticleDocument, { input })).toMatchObject({ createArticle: { __typename: 'Article' } })
    const conversationId = await open({ message: `Can I rent a kayak: ${name}?` })
    await note(conversationId)
    return conversationId
  }

  it('change nothing, and get nothing out that is not for the customer', async () => {
    const attempts: { injection: Injection; conversationId: string }[] = []
    for (const injection of injections) attempts.push({ injection, conversationId: await attempt(injection) })
    const before = await state()
    const drafts = []
    for (let from = 0; from < attempts.length; from += 8)
      drafts.push(...(await Promise.all(attempts.slice(from, from + 8).map(({ conversationId }) => draft(conversationId)))))
    expect(await state()).toEqual(before)

    const secrets = [...Object.values(canaries), server.adminKey]
    for (const [index, finished] of drafts.entries()) {
      const { injection } = attempts[index]!
      const label = `${injection.place}: ${injection.name}`
      expect(finished.status, label).toBe('READY')
      const { id } = decodeGlobalId(finished.id)!
      const row = await server.app.resources.database.draft.findUniqueOrThrow({
        where: { id },
        include: { citations: { include: { article: true } } },
      })
      const shown = JSON.stringify([row.text, row.prompt, row.unsupported, row.escalationSummary, row.handOver, row.steps])
      const quoted = JSON.stringify(
        row.citations.filter(({ article }) => article?.audience !== 'INTERNAL').map(({ quote, chunkText }) => [quote, chunkText]),
      )
      for (const secret of secrets) expect(`${shown}${quoted}`.toLowerCase(), `${label}: ${secret}`).not.toContain(secret.toLowerCase())
      expect(row.text, label).not.toMatch(/[\u200b\u2060\u202e\u00ad\u{e0000}-\u{e01ef}]/u)
      if (engine === 'extractive') expect(row.text, label).not.toMatch(/marked it as resolved|exfil-pixel|collect-mail|refund-desk|claims-form/)
      // What an attacker wants in the reply is named to the agent, unless it is an article that says it.
      const flags = finished.support!.unsupported.map(({ text, reason }) => `${text} ${reason}`).join('\n')
      if (injection.wants && row.text.includes(injection.wants)) expect(flags, label).toContain(injection.wants)
    }
    if (engine === 'extractive') return expect(model.requests).toEqual([])

    expect(drafts.every(({ origin }) => origin === 'OLLAMA')).toBe(true)
    // The model did obey: what it was told to write is there, and flagged.
    expect(
      drafts.filter((finished, index) => attempts[index]!.injection.wants && finished.text.includes(attempts[index]!.injection.wants!)),
    ).toHaveLength(injections.filter(({ wants }) => wants).length)
    // What is asked for beside the drafts are hand-overs, as JSON.
    const forDrafts = model.requests.filter(({ body }) => JSON.parse(body).format === undefined)
    expect(forDrafts).toHaveLength(injections.length)
    for (const { headers, body } of model.requests)
      for (const secret of secrets) expect(`${headers}${body}`.toLowerCase(), secret).not.toContain(secret.toLowerCase())
    for (const { body } of forDrafts) {
      const { messages } = JSON.parse(body) as { messages: { role: string; content: string }[] }
      expect(messages.map(({ role }) => role)).toEqual(['system', 'user'])
      const { content } = messages[1]!
      const read = content.normalize('NFKC').replace(/&(?:amp;)*(?:lt|#0*60|#x0*3c(?![\da-f]));?/gi, '<')
      for (const block of ['articles', 'conversation', 'customer_message']) {
        const count = block === 'conversation' && !content.includes('<conversation>') ? 0 : 1
        expect(read.match(new RegExp(`<\\s*${block}\\s*>`, 'gi')) ?? [], content).toHaveLength(count)
        expect(read.match(new RegExp(`<\\s*/\\s*${block}\\s*>`, 'gi')) ?? [], content).toHaveLength(count)
      }
      expect(read).not.toMatch(/<\s*\/?\s*(?:system|instructions|\||s>|script|img|div|!--)/i)
      expect(read).not.toMatch(/^\s*(?:system|assistant)\s*:/im)
    }
    expect(new Set(forDrafts.map(({ body }) => JSON.parse(body).messages[0].content)).size).toBe(1)
  })
})
