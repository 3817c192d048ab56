import { modelOf } from '../../engines/generator.ts'
import type { Prisma } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import { appendDraftEvent } from '../../stores/event-log.ts'
import { lockConversation } from '../conversations/lock-conversation.ts'
import { summaryOf } from '../escalation/compose-hand-over.ts'
import type { PreparedDraft } from './prepare-draft.ts'
import { toRoutingDetails, toRoutingEvent } from './routing-details.ts'
import { tellFollowers } from './tell-followers.ts'

/** Stores what was found before the first token and announces it. False when the draft was taken away meanwhile. */
export async function startDraft(
  { database, generators, ...followed }: Pick<Resources, 'database' | 'generators' | 'wakeUps' | 'freshEvents'>,
  { draftId, prepared }: { draftId: string; prepared: PreparedDraft },
): Promise<boolean> {
  const { routing, evidence, sources, internalSources, escalation, modelVersion, variantId } = prepared
  const started = await database.$transaction(async (tx) => {
    // Read under its lock: a person may have taken over or resolved it while the articles were searched.
    const { status, takenOverAt } = await lockConversation(tx, prepared.draft.conversationId)
    if (status === 'RESOLVED') return null
    const isRecommended = escalation.recommended && takenOverAt === null
    const handOver = isRecommended ? escalation.handOver : null
    const { count } = await tx.draft.updateMany({
      where: { id: draftId, status: 'STREAMING' },
      data: {
        modelVersionId: modelVersion.id,
        variantId,
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
        escalationRecommended: isRecommended,
        escalationReasons: escalation.reasons,
        escalationSummary: handOver && summaryOf(handOver),
        ...(handOver && { handOver: { ...handOver } }),
        contextTruncated: prepared.contextTruncated,
        estimatedPromptTokens: prepared.estimatedPromptTokens,
        fewShotExampleIds: prepared.examples.map(({ trainingExampleId }) => trainingExampleId),
        prompt: prepared.messages.map(({ role, content }) => ({ role, content })),
        routeMs: prepared.routeMs,
        retrieveMs: prepared.retrieveMs,
      },
    })
    if (count === 0) return null
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
      model: modelOf(generators.current(), prepared),
      routing: toRoutingEvent(routing),
    }
    const event = await appendDraftEvent(tx, { draftId, type: 'DraftStarted', data, whileIn: ['STREAMING'] })
    // What an agent has corrected for this turn is right, whatever the router says when it is drafted again.
    const { conversationId, turnMessageId } = prepared.draft
    const corrected = { turnMessageId, feedback: { some: { correctedIntent: { not: null } } } }
    if (routing.intent !== null)
      await tx.conversation.updateMany({ where: { id: conversationId, drafts: { none: corrected } }, data: { intent: routing.intent } })
    return event
  })
  if (!started) return false
  tellFollowers(followed, draftId, started)
  return true
}

/** Those of the articles that are still there, and stay until the transaction ends: one may have been deleted since it was found. */
async function holdArticles(tx: Transaction, articleIds: string[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`SELECT "id" FROM "Article" WHERE "id" = ANY(${articleIds}::text[]) ORDER BY "id" FOR KEY SHARE`
  return new Set(rows.map(({ id }) => id))
}
