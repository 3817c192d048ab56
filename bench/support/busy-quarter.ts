import type { Database } from '../../src/stores/database.ts'

/**
 * Rows of a desk with `conversations` conversations of five messages and five drafts for every four of them, evenly over the 90 days before `end`:
 * written by the database itself, which is quicker than to send them.
 */
export async function fillQuarter(database: Database, { conversations, end }: { conversations: number; end: Date }): Promise<void> {
  const start = new Date(end.getTime() - 90 * 86_400_000)
  const at = `(TIMESTAMPTZ '${start.toISOString()}' + (n + 0.5) * INTERVAL '${90 * 86_400} seconds' / ${conversations})`
  const run = (sql: string) => database.$executeRawUnsafe(sql)
  await run(`INSERT INTO "Customer" ("id") SELECT 'customer-' || n FROM generate_series(0, 999) n`)
  await run(`INSERT INTO "Agent" ("id", "name") SELECT 'agent-' || n, 'Agent ' || n FROM generate_series(0, 9) n`)
  await run(
    `INSERT INTO "ModelVersion" ("id", "name", "kind", "status") SELECT 'version-' || n, 'Version ' || n, 'PROMPT', 'RETIRED' FROM generate_series(0, 2) n`,
  )
  await run(`INSERT INTO "Conversation" ("id", "customerId", "status", "intent", "createdAt", "updatedAt", "resolvedAt", "escalatedAt", "escalationReasons")
    SELECT 'conversation-' || n, 'customer-' || n % 1000, 'RESOLVED', 'intent-' || n % 20, ${at}, ${at}, ${at} + INTERVAL '3 hours',
      CASE WHEN n % 12 = 0 THEN ${at} + INTERVAL '5 minutes' END, CASE WHEN n % 12 = 0 THEN ARRAY['MISSING_KNOWLEDGE', 'NEGATIVE_SENTIMENT']::"EscalationReason"[] ELSE '{}' END
    FROM generate_series(0, ${conversations - 1}) n`)
  await run(`INSERT INTO "Message" ("id", "conversationId", "position", "kind", "text", "createdAt")
    SELECT 'message-' || n || '-' || p, 'conversation-' || n, p, 'CUSTOMER', 'Where is my parcel? I have waited for a week now, and nobody told me anything.', ${at} + p * INTERVAL '1 minute'
    FROM generate_series(0, ${conversations - 1}) n, generate_series(1, 4) p`)
  await run(`INSERT INTO "Draft" ("id", "conversationId", "turnMessageId", "status", "text", "intent", "modelVersionId", "supportScore", "createdAt", "finishedAt", "rejectedAt")
    SELECT 'draft-' || n || '-' || p, 'conversation-' || n, 'message-' || n || '-1', (CASE WHEN p = 2 THEN 'SUPERSEDED' WHEN n % 10 = 0 THEN 'REJECTED' ELSE 'SENT' END)::"DraftStatus",
      'It is on its way, and comes within three days. You can follow it with the link in your mail.', 'intent-' || n % 20, 'version-' || n % 3, 0.5 + (n % 50) / 100.0,
      ${at} + p * INTERVAL '2 minutes', ${at} + p * INTERVAL '3 minutes', CASE WHEN p = 1 AND n % 10 = 0 THEN ${at} + INTERVAL '4 minutes' END
    FROM generate_series(0, ${conversations - 1}) n, generate_series(1, 2) p WHERE p = 1 OR n % 4 = 0`)
  await run(`INSERT INTO "Message" ("id", "conversationId", "position", "kind", "text", "agentId", "draftId", "editRatio", "createdAt")
    SELECT 'reply-' || n, 'conversation-' || n, 5, (CASE WHEN n % 3 = 0 THEN 'FINAL' ELSE 'AGENT_EDITED' END)::"MessageKind", 'It comes within three days.', 'agent-' || n % 10,
      'draft-' || n || '-1', CASE WHEN n % 3 = 0 THEN 0 ELSE (n % 100) / 100.0 END, ${at} + INTERVAL '10 minutes'
    FROM generate_series(0, ${conversations - 1}) n WHERE n % 10 <> 0`)
  await run(`INSERT INTO "ReplyMetrics" ("messageId", "draftId", "bleu", "semanticSimilarity", "lengthRatio", "createdAt")
    SELECT "id", "draftId", 100 * (1 - "editRatio"), 1 - "editRatio" / 2, 1, "createdAt" FROM "Message" WHERE "draftId" IS NOT NULL`)
  await run(`INSERT INTO "Feedback" ("id", "draftId", "agentId", "rating", "createdAt", "updatedAt")
    SELECT 'feedback-' || n, 'draft-' || n || '-1', 'agent-' || n % 10, (ARRAY['HELPFUL', 'NOT_HELPFUL', 'NEEDS_IMPROVEMENT'])[1 + n % 3]::"FeedbackRating", ${at} + INTERVAL '11 minutes', ${at}
    FROM generate_series(0, ${conversations - 1}) n WHERE n % 5 = 0`)
  await run(`INSERT INTO "Survey" ("id", "conversationId", "draftId", "modelVersionId", "intent", "agentId", "createdAt", "expiresAt")
    SELECT 'survey-' || n, 'conversation-' || n, 'draft-' || n || '-1', 'version-' || n % 3, 'intent-' || n % 20, 'agent-' || n % 10, ${at} + INTERVAL '3 hours', ${at} + INTERVAL '30 days'
    FROM generate_series(0, ${conversations - 1}) n WHERE n % 3 = 0`)
  await run(`INSERT INTO "SatisfactionRating" ("id", "surveyId", "score", "createdAt", "updatedAt")
    SELECT 'rating-' || n, 'survey-' || n, 1 + n % 5, ${at} + INTERVAL '5 hours', ${at} FROM generate_series(0, ${conversations - 1}) n WHERE n % 6 = 0`)
  await run('ANALYZE')
}
