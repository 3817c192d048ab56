-- AlterTable
ALTER TABLE "Article" ADD COLUMN     "checkedVersion" INTEGER;

-- AlterTable
ALTER TABLE "KnowledgeGap" ADD COLUMN     "attributions" JSONB NOT NULL DEFAULT '[]';


-- Questions go with their conversation, whoever deletes it. What a gap says of them goes in the same moment: nothing of an erased
-- customer stays in its count, its question or its suggestion. The next check composes what is left anew.
CREATE FUNCTION "forget_gap_question"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "KnowledgeGap" SET
    "count" = (SELECT count(*) FROM "GapQuestion" WHERE "gapId" = OLD."gapId"),
    "question" = coalesce((SELECT "text" FROM "GapQuestion" WHERE "gapId" = OLD."gapId" ORDER BY "id" LIMIT 1), ''),
    "suggestedTitle" = NULL,
    "suggestion" = NULL,
    "attributions" = '[]',
    "embedding" = NULL,
    "embeddingModel" = NULL,
    "updatedAt" = CURRENT_TIMESTAMP
  WHERE "id" = OLD."gapId";
  DELETE FROM "KnowledgeGap" WHERE "id" = OLD."gapId" AND "count" = 0;
  RETURN NULL;
END
$$;

CREATE TRIGGER "GapQuestion_forgotten" AFTER DELETE ON "GapQuestion"
  FOR EACH ROW WHEN (OLD."gapId" IS NOT NULL) EXECUTE FUNCTION "forget_gap_question"();
