-- CreateTable
CREATE TABLE "AnalyticsRollup" (
    "period" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "dimension" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "conversations" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "resolved" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "escalated" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "drafts" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "supportSum" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "supportCount" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "sent" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "sentUnchanged" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "rejected" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "editSum" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "editCount" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "bleuSum" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "bleuCount" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "similaritySum" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "similarityCount" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "satisfied" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "ratings" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "surveys" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "helpful" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "notHelpful" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "needsImprovement" DOUBLE PRECISION NOT NULL DEFAULT 0,

    CONSTRAINT "AnalyticsRollup_pkey" PRIMARY KEY ("period","dimension","at","key")
);

-- CreateTable
CREATE TABLE "AnalyticsStale" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AnalyticsStale_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Conversation_createdAt_idx" ON "Conversation"("createdAt");

-- CreateIndex
CREATE INDEX "Conversation_resolvedAt_idx" ON "Conversation"("resolvedAt");

-- CreateIndex
CREATE INDEX "Conversation_escalatedAt_idx" ON "Conversation"("escalatedAt");

-- CreateIndex
CREATE INDEX "Draft_createdAt_idx" ON "Draft"("createdAt");

-- CreateIndex
CREATE INDEX "Draft_rejectedAt_idx" ON "Draft"("rejectedAt");

-- CreateIndex
CREATE INDEX "Feedback_createdAt_idx" ON "Feedback"("createdAt");

-- CreateIndex
CREATE INDEX "Message_createdAt_idx" ON "Message"("createdAt");

-- CreateIndex
CREATE INDEX "SatisfactionRating_createdAt_idx" ON "SatisfactionRating"("createdAt");

-- CreateIndex
CREATE INDEX "Survey_createdAt_idx" ON "Survey"("createdAt");

-- Rows that change long after their hour make its rollup stale. What is younger than an hour is in no rollup yet, and costs no write.
CREATE FUNCTION mark_analytics_stale() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  line jsonb;
  moment timestamptz;
  name text;
BEGIN
  FOREACH line IN ARRAY ARRAY[CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END, CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END] LOOP
    CONTINUE WHEN line IS NULL;
    FOREACH name IN ARRAY TG_ARGV LOOP
      moment := (line ->> name)::timestamptz;
      IF moment < now() - INTERVAL '1 hour' THEN
        INSERT INTO "AnalyticsStale" ("at") VALUES (date_trunc('hour', moment));
      END IF;
    END LOOP;
  END LOOP;
  RETURN NULL;
END $$;

CREATE TRIGGER analytics_rows AFTER INSERT OR DELETE ON "Conversation" FOR EACH ROW EXECUTE FUNCTION mark_analytics_stale('createdAt', 'resolvedAt', 'escalatedAt');
CREATE TRIGGER analytics_changes AFTER UPDATE OF "createdAt", "resolvedAt", "escalatedAt", "escalationReasons", "intent" ON "Conversation"
  FOR EACH ROW EXECUTE FUNCTION mark_analytics_stale('createdAt', 'resolvedAt', 'escalatedAt');
CREATE TRIGGER analytics_changes AFTER UPDATE OF "createdAt", "rejectedAt", "supportScore", "intent", "modelVersionId", "rejectedById" ON "Draft"
  FOR EACH ROW WHEN (NEW."createdAt" < now() - INTERVAL '1 hour') EXECUTE FUNCTION mark_analytics_stale('createdAt', 'rejectedAt');
CREATE TRIGGER analytics_rows AFTER DELETE ON "Draft" FOR EACH ROW EXECUTE FUNCTION mark_analytics_stale('createdAt', 'rejectedAt');
CREATE TRIGGER analytics_old AFTER INSERT ON "Draft" FOR EACH ROW WHEN (NEW."createdAt" < now() - INTERVAL '1 hour') EXECUTE FUNCTION mark_analytics_stale('createdAt', 'rejectedAt');
CREATE TRIGGER analytics_old AFTER INSERT ON "Message" FOR EACH ROW WHEN (NEW."draftId" IS NOT NULL AND NEW."createdAt" < now() - INTERVAL '1 hour')
  EXECUTE FUNCTION mark_analytics_stale('createdAt');
CREATE TRIGGER analytics_changes AFTER UPDATE OF "createdAt", "draftId", "editRatio", "kind", "agentId" ON "Message" FOR EACH ROW EXECUTE FUNCTION mark_analytics_stale('createdAt');
CREATE TRIGGER analytics_rows AFTER DELETE ON "Message" FOR EACH ROW WHEN (OLD."draftId" IS NOT NULL) EXECUTE FUNCTION mark_analytics_stale('createdAt');
CREATE TRIGGER analytics_rows AFTER INSERT OR UPDATE OR DELETE ON "Feedback" FOR EACH ROW EXECUTE FUNCTION mark_analytics_stale('createdAt');
CREATE TRIGGER analytics_rows AFTER INSERT OR UPDATE OR DELETE ON "Survey" FOR EACH ROW EXECUTE FUNCTION mark_analytics_stale('createdAt');
CREATE TRIGGER analytics_rows AFTER INSERT OR UPDATE OR DELETE ON "SatisfactionRating" FOR EACH ROW EXECUTE FUNCTION mark_analytics_stale('createdAt');

-- Its figures belong to the hour of the reply, not to that of the measuring.
CREATE FUNCTION mark_reply_stale() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moment timestamptz;
BEGIN
  SELECT "createdAt" INTO moment FROM "Message" WHERE "id" = coalesce(NEW."messageId", OLD."messageId");
  IF moment < now() - INTERVAL '1 hour' THEN
    INSERT INTO "AnalyticsStale" ("at") VALUES (date_trunc('hour', moment));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER analytics_rows AFTER INSERT OR UPDATE ON "ReplyMetrics" FOR EACH ROW EXECUTE FUNCTION mark_reply_stale();
