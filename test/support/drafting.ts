import { print } from 'graphql'
import { createClient as createSseClient } from 'graphql-sse'
import { DraftEventsDocument, type DraftEventsSubscription, DraftReplyDocument, OpenConversationDocument } from '../generated/graphql.ts'
import type { TestServer } from './start-server.ts'

export type DraftEvent = DraftEventsSubscription['draftEvents']

export async function openConversation(server: TestServer, message = 'How do I get my money back?'): Promise<string> {
  const { openConversation } = await server.run(OpenConversationDocument, { input: { message } })
  if (openConversation.__typename !== 'Conversation') throw new Error(JSON.stringify(openConversation))
  return openConversation.id
}

export async function askForDraft(server: TestServer, conversationId?: string): Promise<string> {
  const { draftReply } = await server.run(DraftReplyDocument, { input: { conversationId: conversationId ?? (await openConversation(server)) } })
  if (draftReply.__typename !== 'Draft') throw new Error(JSON.stringify(draftReply))
  return draftReply.id
}

export async function* followOverWebSocket(server: TestServer, draftId: string, afterSeq = 0): AsyncGenerator<DraftEvent> {
  for await (const { draftEvents } of server.events(DraftEventsDocument, { draftId, afterSeq })) yield draftEvents
}

export async function* followOverSse(server: TestServer, draftId: string, afterSeq = 0): AsyncGenerator<DraftEvent> {
  const client = createSseClient({ url: server.url, headers: { authorization: `Bearer ${server.adminKey}` } })
  try {
    for await (const { data, errors } of client.iterate<DraftEventsSubscription>({
      query: print(DraftEventsDocument),
      variables: { draftId, afterSeq },
    })) {
      if (errors) throw new Error(JSON.stringify(errors))
      yield data!.draftEvents
    }
  } finally {
    client.dispose()
  }
}

export async function collect(events: AsyncIterable<DraftEvent>): Promise<DraftEvent[]> {
  const collected: DraftEvent[] = []
  for await (const event of events) collected.push(event)
  return collected
}

/** What a client shows after these events: a snapshot replaces, a delta is appended where it says. */
export function textAfter(events: DraftEvent[], before = ''): string {
  let text = before
  for (const event of events) {
    if (event.__typename === 'DraftSnapshot') text = event.text
    if (event.__typename !== 'DraftDelta') continue
    if (event.offset !== text.length) throw new Error(`a delta for offset ${event.offset} came after ${text.length} characters`)
    text += event.text
  }
  return text
}
