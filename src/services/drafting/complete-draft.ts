import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import { appendDraftEvent, conversationsTopic } from '../../stores/event-log.ts'
import { lockConversation } from '../conversations/lock-conversation.ts'
import { checkSupport } from '../support/check-support.ts'
import { type MappedCitation, mapCitations } from '../support/map-citations.ts'
import type { GeneratedText } from './generate-text.ts'
import { lostPrompt } from './lost-prompt.ts'
import { moveDrafts } from './move-drafts.ts'
import type { PreparedDraft } from './prepare-draft.ts'
import { tellFollowers } from './tell-followers.ts'
import { addTokens } from './token-budget.ts'

/** Checks the finished text against its sources and makes the draft READY, with its last event in the same transaction. */
export async function completeDraft(
  resources: Pick<Resources, 'database' | 'embedder' | 'queue' | 'wakeUps' | 'freshEvents' | 'metrics' | 'config'>,
  { draftId, prepared, generated, signal }: { draftId: string; prepared: PreparedDraft; generated: GeneratedText; signal: AbortSignal },
): Promise<void> {
  const { database, embedder, queue, wakeUps, metrics, config } = resources
  const { text, usage } = generated
  const { sources, said } = prepared
  const support = await checkSupport({ embedder }, { text, sources, question: said.customer, trusted: said.replies, signal })
  const citations = await mapCitations({ embedder }, { text, marks: generated.marks, sources: prepared.sources, signal })
  const { messages, parameters } = prepared
  const isPromptLost = lostPrompt({ messages, promptTokens: usage.promptTokens, contextTokens: parameters.contextTokens })
  const totalMs = Date.now() - prepared.draft.createdAt.getTime()
  const completed = await database.$transaction(async (tx) => {
    await lockConversation(tx, prepared.draft.conversationId)
    const [moved] = await moveDrafts(tx, {
      where: { id: draftId },
      to: 'READY',
      data: {
        origin: generated.origin,
        generatorModel: generated.model,
        fallbackFrom: generated.fallback?.from ?? null,
        fallbackReason: generated.fallback?.reason ?? null,
        supportScore: support.score,
        unsupported: support.unsupported.map(({ text: sentence, reason }) => ({ text: sentence, reason })),
        contextTruncated: prepared.contextTruncated || isPromptLost,
        promptTokens: usage.promptTokens,
        completionTokens: usage.completionTokens,
        firstTokenMs: generated.firstTokenMs,
        totalMs,
        finishedAt: new Date(),
        leaseUntil: null,
      },
    })
    if (!moved) return null
    await storeCitations(tx, draftId, citations)
    const event = await appendDraftEvent(tx, {
      draftId,
      type: 'DraftCompleted',
      data: {
        usage: { promptTokens: usage.promptTokens, completionTokens: usage.completionTokens },
        // So that whoever delivers it knows whether it counts, without a query a follower.
        ...(prepared.variantId !== null && { variantId: prepared.variantId }),
      },
      whileIn: ['READY'],
    })
    // After the draft, so that the agent waits for neither of them.
    if (prepared.escalation.recommended && generated.origin !== 'EXTRACTIVE' && config.HAND_OVER_TIMEOUT_MS > 0)
      await queue.send('write-hand-over', { draftId }, { transaction: tx })
    if (!prepared.evidence.sufficient) await queue.send('note-gap', { draftId }, { transaction: tx })
    const callerId = prepared.draft.callerId ?? prepared.draft.payerId
    if (callerId !== null && generated.origin !== 'EXTRACTIVE') await addTokens(tx, { callerId, tokens: tokensOf(prepared, generated) })
    return event
  })
  if (!completed) return
  metrics.drafts.inc({ status: 'READY', origin: generated.origin })
  metrics.draftSeconds.observe(totalMs / 1000)
  tellFollowers(resources, draftId, completed)
  wakeUps.notify(conversationsTopic)
}

/** As the model counted them; one that does not count is counted for, roughly. */
function tokensOf({ estimatedPromptTokens }: PreparedDraft, { text, usage }: GeneratedText): number {
  return (usage.promptTokens ?? estimatedPromptTokens) + (usage.completionTokens ?? Math.ceil(text.length / 4))
}

/** What was found out about the sources that were offered, all of them in one statement. */
async function storeCitations(tx: Transaction, draftId: string, citations: MappedCitation[]): Promise<void> {
  // A quote that was cut may end with half of a character, which PostgreSQL takes into no JSON.
  const found = citations.map(({ number, used, spans, quote }) => ({ index: number, used, spans, quote: quote.toWellFormed() }))
  if (found.length > 0)
    await tx.$executeRaw`UPDATE "Citation" c SET "used" = f."used", "spans" = f."spans", "quote" = f."quote"
      FROM jsonb_to_recordset(${JSON.stringify(found)}::jsonb) AS f("index" int, "used" boolean, "spans" jsonb, "quote" text)
      WHERE c."draftId" = ${draftId} AND c."index" = f."index"`
}
