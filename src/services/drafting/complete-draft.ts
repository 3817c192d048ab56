import type { Resources } from '../../resources.ts'
import { appendDraftEvent, conversationsTopic, draftTopic } from '../../stores/event-log.ts'
import { lockConversation } from '../conversations/lock-conversation.ts'
import { checkSupport } from '../support/check-support.ts'
import { mapCitations } from '../support/map-citations.ts'
import type { GeneratedText } from './generate-text.ts'
import { lostPrompt } from './lost-prompt.ts'
import { moveDrafts } from './move-drafts.ts'
import type { PreparedDraft } from './prepare-draft.ts'

/** Checks the finished text against its sources and makes the draft READY, with its last event in the same transaction. */
export async function completeDraft(
  { database, embedder, queue, wakeUps, metrics, config }: Pick<Resources, 'database' | 'embedder' | 'queue' | 'wakeUps' | 'metrics' | 'config'>,
  { draftId, prepared, generated, signal }: { draftId: string; prepared: PreparedDraft; generated: GeneratedText; signal: AbortSignal },
): Promise<void> {
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
    if (!moved) return false
    for (const { number, used, spans, quote } of citations) {
      await tx.citation.update({
        where: { draftId_index: { draftId, index: number } },
        data: { used, spans: spans.map(({ start, end }) => ({ start, end })), quote },
      })
    }
    await appendDraftEvent(tx, {
      draftId,
      type: 'DraftCompleted',
      data: { usage: { promptTokens: usage.promptTokens, completionTokens: usage.completionTokens } },
      whileIn: ['READY'],
    })
    // After the draft, so that the agent waits for neither of them.
    if (prepared.escalation.recommended && generated.origin !== 'EXTRACTIVE' && config.HAND_OVER_TIMEOUT_MS > 0)
      await queue.send('write-hand-over', { draftId }, { transaction: tx })
    if (!prepared.evidence.sufficient) await queue.send('note-gap', { draftId }, { transaction: tx })
    return true
  })
  if (!completed) return
  metrics.drafts.inc({ status: 'READY', origin: generated.origin })
  metrics.draftSeconds.observe(totalMs / 1000)
  wakeUps.notify(draftTopic(draftId))
  wakeUps.notify(conversationsTopic)
}
