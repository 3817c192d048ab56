import { setTimeout as wait } from 'node:timers/promises'
import { type DeskClient, RefusedError } from './desk-client.ts'
import { followDraft } from './follow-draft.ts'
import type { Ledger } from './ledger.ts'
import { addMessage, cancelDraft, draftReply, openConversation, sendReply } from './operations.ts'

interface Id {
  id: string
}

const mostAttempts = 20

/** One customer's question: asked, drafted, and then whatever happens at a desk. `random` decides which. */
export async function playCase(client: DeskClient, question: string, { key, random, ledger }: { key: string; random: () => number; ledger: Ledger }) {
  const conversation = await client.ask<Id & { messages: { edges: { node: Id }[] } }>(openConversation, {
    message: question,
    idempotencyKey: key,
  })
  ledger.conversations.add(conversation.id)
  ledger.messages.add(conversation.messages.edges[0]!.node.id)
  const conversationId = conversation.id
  const fate = random()
  let wroteAgain = false
  const some = (most: number) => 1 + Math.floor(random() * most)
  const cutAfter = random() < 0.3 ? some(6) : undefined

  // A cancelled, superseded or interrupted draft is asked for again, as an agent would.
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const draftId = await askForDraft(client, conversationId, ledger)
    const act = attempt > 0 ? undefined : actFor(fate)
    const last = await followDraft(client, draftId, { cutAfter, act: act && { afterEvents: some(8), run: () => act(draftId) } }, ledger)
    if (last.__typename !== 'DraftCompleted') continue
    if (fate < 0.85 && (await send(draftId, last.draft!.text)) === 'overtaken') continue
    return
  }
  ledger.problems.push(`conversation ${conversationId}: no draft was completed in ${mostAttempts} attempts`)

  function actFor(chance: number): ((draftId: string) => Promise<void>) | undefined {
    if (chance < 0.12)
      return async (draftId) => {
        await client.ask(cancelDraft, { draftId })
        ledger.cancelled.add(draftId)
      }
    if (chance < 0.2)
      return async () => {
        const message = await client.ask<Id>(addMessage, {
          conversationId,
          text: 'And one more thing: how long does it take?',
          idempotencyKey: `${key}-again`,
        })
        ledger.messages.add(message.id)
        wroteAgain = true
      }
    return undefined
  }

  // Two clicks at once, with the text as it is or changed: one message, whoever is first. A customer who wrote again when the draft was complete
  // already has overtaken it, and both clicks must be told so.
  async function send(draftId: string, drafted: string): Promise<'sent' | 'overtaken'> {
    const text = random() < 0.25 ? `${drafted}\n\nHave a good day!` : drafted
    const sent = await Promise.allSettled([1, 2].map(() => client.ask<Id>(sendReply, { conversationId, draftId, text })))
    if (wroteAgain && sent.every((outcome) => outcome.status === 'rejected' && outcome.reason?.code === 'DRAFT_SUPERSEDED')) return 'overtaken'
    const ids = new Set(sent.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value.id] : [])))
    for (const outcome of sent)
      if (outcome.status === 'rejected')
        ledger.problems.push(`draft ${draftId}: sending it gave ${String(outcome.reason?.message ?? outcome.reason)}`)
    if (ids.size > 1) ledger.problems.push(`draft ${draftId} was sent as two messages`)
    for (const id of ids) ledger.replies.set(draftId, id)
    return 'sent'
  }
}

async function askForDraft(client: DeskClient, conversationId: string, ledger: Ledger): Promise<string> {
  for (;;) {
    try {
      const { id } = await client.ask<Id>(draftReply, { conversationId })
      ledger.drafts.add(id)
      return id
    } catch (error) {
      if (!(error instanceof RefusedError) || error.code !== 'QUEUE_FULL') throw error
      ledger.retries += 1
      await wait(500)
    }
  }
}
