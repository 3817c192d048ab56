import type { Prisma } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import { appendDraftEvent, draftTopic } from '../../stores/event-log.ts'
import type { PreparedDraft } from './prepare-draft.ts'
import { toRoutingDetails, toRoutingEvent } from './routing-details.ts'

/** Stores what was found before the first token and announces it. False when the draft was taken away meanwhile. */
export async function startDraft(
  { database, generators, wakeUps }: Pick<Resources, 'database' | 'generators' | 'wakeUps'>,
  { draftId, prepared }: { draftId: string; prepared: PreparedDraft },
): Promise<boolean> {
  const { routing, evidence, sources, internalSources, escalation, modelVersion } = prepared
  const started = await database.$transaction(async (tx) => {
    const { count } = await tx.draft.updateMany({
      where: { id: draftId, status: 'STREAMING' },
      data: {
        modelVersionId: modelVersion.id,
        intent: routing.intent,
        confidence: routing.confidence,
        margin: routing.margin,
        outOfScope: routing.outOfScope,
        routingDetails: toRoutingDetails(routing),
        queries: evidence.queries,
        degraded: evidence.degraded,
        sufficient: evidence.sufficient,
        widened: evidence.widened,
        steps: evidence.steps as unknown as Prisma.InputJsonValue,
        escalationRecommended: escalation.recommended,
        escalationReasons: escalation.reasons,
        escalationSummary: escalation.summary,
        contextTruncated: prepared.contextTruncated,
        prompt: prepared.messages.map(({ role, content }) => ({ role, content })),
        routeMs: prepared.routeMs,
        retrieveMs: prepared.retrieveMs,
      },
    })
    if (count === 0) return false
    const cited = [...sources, ...internalSources]
    const kept = await holdArticles(
      tx,
      cited.map(({ articleId }) => articleId),
    )
    await tx.citation.createMany({
      data: cited.map((source) => ({
        draftId,
        index: source.number,
        articleId: kept.has(source.articleId) ? source.articleId : null,
        articleVersion: source.articleVersion,
        chunkHeading: source.heading,
        chunkText: source.text,
        quote: source.quote,
        score: source.score,
      })),
    })
    // The event keeps what was true when it was written; the draft may change later.
    const data = {
      model: generators.current().model,
      routing: toRoutingEvent(routing),
    }
    await appendDraftEvent(tx, { draftId, type: 'DraftStarted', data, whileIn: ['STREAMING'] })
    return true
  })
  if (!started) return false
  wakeUps.notify(draftTopic(draftId))
  // Not in that transaction: it holds the draft, and whoever moves a conversation on holds the conversation first and then its drafts.
  if (routing.intent !== null)
    await database.conversation.updateMany({ where: { id: prepared.draft.conversationId }, data: { intent: routing.intent } })
  return true
}

/** Those of the articles that are still there, and stay until the transaction ends: one may have been deleted since it was found. */
async function holdArticles(tx: Transaction, articleIds: string[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`SELECT "id" FROM "Article" WHERE "id" = ANY(${articleIds}::text[]) ORDER BY "id" FOR KEY SHARE`
  return new Set(rows.map(({ id }) => id))
}
