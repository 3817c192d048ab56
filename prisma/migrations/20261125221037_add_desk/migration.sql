-- AlterEnum
ALTER TYPE "TimelineKind" ADD VALUE 'RATING';

-- DropIndex
DROP INDEX "Conversation_assigneeId_idx";

-- AlterTable
ALTER TABLE "Agent" ADD COLUMN     "isAvailable" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "Conversation" ADD COLUMN     "previousId" TEXT,
ADD COLUMN     "takenOverAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Draft" ADD COLUMN     "editedAt" TIMESTAMPTZ(3),
ADD COLUMN     "editedById" TEXT,
ADD COLUMN     "editedText" TEXT,
ADD COLUMN     "estimatedPromptTokens" INTEGER,
ADD COLUMN     "fallbackReason" TEXT,
ADD COLUMN     "handOver" JSONB,
ADD COLUMN     "rejectedAt" TIMESTAMPTZ(3),
ADD COLUMN     "rejectedById" TEXT,
ADD COLUMN     "rejectionNotes" TEXT,
ADD COLUMN     "rejectionReasons" "FeedbackReason"[] DEFAULT ARRAY[]::"FeedbackReason"[],
ADD COLUMN     "routingDetails" JSONB,
ADD COLUMN     "steps" JSONB NOT NULL DEFAULT '[]';

-- AlterTable
ALTER TABLE "Survey" ADD COLUMN     "agentId" TEXT,
ADD COLUMN     "draftId" TEXT,
ADD COLUMN     "intent" TEXT,
ADD COLUMN     "modelVersionId" TEXT,
ADD COLUMN     "variantId" TEXT;

-- AlterTable
ALTER TABLE "TimelineEntry" ADD COLUMN     "assigneeId" TEXT,
ADD COLUMN     "details" JSONB NOT NULL DEFAULT '{}';

-- CreateTable
CREATE TABLE "SatisfactionRating" (
    "id" TEXT NOT NULL,
    "surveyId" TEXT NOT NULL,
    "score" INTEGER NOT NULL,
    "comment" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SatisfactionRating_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "SatisfactionRating_surveyId_key" ON "SatisfactionRating"("surveyId");

-- CreateIndex
CREATE INDEX "Conversation_assigneeId_status_idx" ON "Conversation"("assigneeId", "status");

-- CreateIndex
CREATE INDEX "Conversation_previousId_idx" ON "Conversation"("previousId");

-- CreateIndex
CREATE INDEX "Conversation_snoozedUntil_idx" ON "Conversation"("snoozedUntil");

-- CreateIndex
CREATE INDEX "Draft_turnMessageId_idx" ON "Draft"("turnMessageId");

-- AddForeignKey
ALTER TABLE "Conversation" ADD CONSTRAINT "Conversation_previousId_fkey" FOREIGN KEY ("previousId") REFERENCES "Conversation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TimelineEntry" ADD CONSTRAINT "TimelineEntry_assigneeId_fkey" FOREIGN KEY ("assigneeId") REFERENCES "Agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Survey" ADD CONSTRAINT "Survey_agentId_fkey" FOREIGN KEY ("agentId") REFERENCES "Agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Survey" ADD CONSTRAINT "Survey_draftId_fkey" FOREIGN KEY ("draftId") REFERENCES "Draft"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SatisfactionRating" ADD CONSTRAINT "SatisfactionRating_surveyId_fkey" FOREIGN KEY ("surveyId") REFERENCES "Survey"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Draft" ADD CONSTRAINT "Draft_editedById_fkey" FOREIGN KEY ("editedById") REFERENCES "Agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Draft" ADD CONSTRAINT "Draft_rejectedById_fkey" FOREIGN KEY ("rejectedById") REFERENCES "Agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;
