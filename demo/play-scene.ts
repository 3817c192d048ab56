import type { Client } from './client.ts'
import * as operations from './operations.ts'
import type { Printer } from './printer.ts'
import type { Scene, Turn } from './scenes.ts'

export interface DraftResult {
  id: string
  text: string
  origin: string
  fallbackFrom: string | null
  retrieval: { queries: string[]; degraded: boolean; sufficient: boolean | null }
  citations: { index: number; quote: string; used: boolean; article: { slug: string; title: string } | null }[]
  support: { score: number; unsupported: { text: string; reason: string }[] } | null
  escalation: { recommended: boolean; reasons: string[]; summary: string | null }
  timings: { routeMs: number | null; retrieveMs: number | null; firstTokenMs: number | null; totalMs: number | null }
}

export type DraftEvent =
  | {
      __typename: 'DraftStarted'
      model: string
      routing: { intent: string | null; confidence: number; outOfScope: boolean } | null
      citations: { index: number; score: number; heading: string }[]
    }
  | { __typename: 'DraftDelta'; text: string }
  | { __typename: 'DraftCompleted'; draft: DraftResult }
  | { __typename: 'DraftFailed'; code: string; failure: string }
  | { __typename: 'DraftRouted' | 'DraftSourcesFound' | 'DraftCancelled' | 'DraftSnapshot' }

/** Plays one conversation through the public API and prints what a support desk would show. */
export async function playScene(client: Client, printer: Printer, scene: Scene): Promise<void> {
  printer.scene(scene.title)
  let conversationId: string | undefined
  for (const turn of scene.turns) {
    printer.customer(scene.customer, turn.customer)
    if (conversationId) await client.run(operations.addMessage, { conversationId, text: turn.customer })
    else
      conversationId = (
        await client.run<{ id: string }>(operations.openConversation, {
          message: turn.customer,
          subject: scene.subject,
          customer: { name: scene.customer },
        })
      ).id
    const draft = await watchDraft(client, printer, conversationId)
    await answer(client, printer, { conversationId, turn, draft })
  }
  await client.run(operations.resolveConversation, { conversationId })
}

async function watchDraft(client: Client, printer: Printer, conversationId: string): Promise<DraftResult> {
  const { id } = await client.run<{ id: string }>(operations.draftReply, { conversationId })
  for await (const event of client.follow<DraftEvent>(operations.draftEvents, { draftId: id })) {
    printer.draftEvent(event)
    if (event.__typename === 'DraftFailed') throw new Error(`The draft failed: ${event.failure}`)
    if (event.__typename === 'DraftCompleted') return event.draft
  }
  throw new Error('The draft ended without a reply.')
}

async function answer(
  client: Client,
  printer: Printer,
  { conversationId, turn, draft }: { conversationId: string; turn: Turn; draft: DraftResult },
): Promise<void> {
  const text = 'write' in turn.agent ? turn.agent.write : 'edit' in turn.agent ? turn.agent.edit(draft.text) : draft.text
  const draftId = 'write' in turn.agent ? null : draft.id
  const sent = await client.run<{ kind: string; editRatio: number | null; conversation: { status: string } }>(operations.sendReply, {
    conversationId,
    text,
    draftId,
  })
  printer.sent({ ...sent, text: sent.kind === 'FINAL' ? null : text })
  if (!turn.feedback) return
  const { withCorrection, ...feedback } = turn.feedback
  const given = await client.run<{ rating: string; effect: string; trainingExample: { state: string } | null }>(operations.giveFeedback, {
    draftId: draft.id,
    ...feedback,
    ...(withCorrection && { correction: text }),
  })
  printer.feedback(given)
}
