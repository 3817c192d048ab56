import type { BenchClient } from './client.ts'
import { type DraftEvent, draftEvents, draftReply, openConversation } from './operations.ts'

export interface WrittenDraft {
  /** From before draftReply was sent to the first event with text. */
  firstTextMs: number
  totalMs: number
  text: string
  timings: NonNullable<DraftEvent['draft']>['timings']
}

export async function openAbout(client: BenchClient, message: string): Promise<string> {
  return (await client.run<{ id: string }>(openConversation, { input: { message } })).id
}

/** Asks for a draft, subscribes as soon as there is an answer, and reads to the end. Throws when it does not end well. */
export async function writeDraft(client: BenchClient, conversationId: string): Promise<WrittenDraft> {
  const startedAt = performance.now()
  const { id: draftId } = await client.run<{ id: string }>(draftReply, { input: { conversationId } })
  let firstTextMs = 0
  let text = ''
  for await (const event of client.follow<DraftEvent>(draftEvents, { draftId })) {
    if (event.__typename === 'DraftDelta') {
      firstTextMs ||= performance.now() - startedAt
      text += event.text
    }
    if (event.__typename !== 'DraftCompleted') continue
    if (event.draft!.text !== text) throw new Error(`The text of draft ${draftId} is not what its events said.`)
    return { firstTextMs, totalMs: performance.now() - startedAt, text, timings: event.draft!.timings }
  }
  throw new Error(`Draft ${draftId} did not end with DraftCompleted.`)
}
