-- CreateEnum
CREATE TYPE "TrainingLesson" AS ENUM ('STYLE', 'MISSING_FACT', 'WRONG_FACT', 'POLICY', 'ROUTING');

-- CreateEnum
CREATE TYPE "ExportFormat" AS ENUM ('CORRECTIONS', 'CHAT', 'PREFERENCE', 'KTO');

-- CreateEnum
CREATE TYPE "RetrainingTrigger" AS ENUM ('MANUAL', 'SCHEDULED', 'REBUILD');

-- AlterTable
ALTER TABLE "IntentExample" ADD COLUMN     "retrainingId" TEXT,
ADD COLUMN     "trainingExampleId" TEXT;

-- AlterTable
ALTER TABLE "ModelVersion" ADD COLUMN     "erasedExamples" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Phrasing" ADD COLUMN     "retrainingId" TEXT,
ADD COLUMN     "trainingExampleId" TEXT;

-- AlterTable
ALTER TABLE "Retraining" ADD COLUMN     "activatedAt" TIMESTAMPTZ(3),
ADD COLUMN     "comparisons" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "heldOutCases" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "heldOutSha256" TEXT,
ADD COLUMN     "limit" INTEGER,
ADD COLUMN     "parts" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "phrasingsAdded" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "rolledBackAt" TIMESTAMPTZ(3),
ADD COLUMN     "trigger" "RetrainingTrigger" NOT NULL DEFAULT 'MANUAL';

-- AlterTable
ALTER TABLE "TrainingExample" ADD COLUMN     "articleIds" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "context" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "embedding" BYTEA,
ADD COLUMN     "embeddingModel" TEXT,
ADD COLUMN     "isMustPass" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "isSentAsDrafted" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "lesson" "TrainingLesson",
ADD COLUMN     "lessonEvidence" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "rating" "FeedbackRating",
ADD COLUMN     "reviewedAt" TIMESTAMPTZ(3),
ADD COLUMN     "reviewedById" TEXT,
ADD COLUMN     "splitAt" TIMESTAMPTZ(3),
ADD COLUMN     "stateReason" TEXT;

-- CreateTable
CREATE TABLE "RetrainingExample" (
    "retrainingId" TEXT NOT NULL,
    "trainingExampleId" TEXT NOT NULL,
    "heldOut" BOOLEAN NOT NULL,
    "isNew" BOOLEAN NOT NULL,

    CONSTRAINT "RetrainingExample_pkey" PRIMARY KEY ("retrainingId","trainingExampleId")
);

-- CreateTable
CREATE TABLE "FewShotExample" (
    "id" TEXT NOT NULL,
    "retrainingId" TEXT NOT NULL,
    "retiredById" TEXT,
    "trainingExampleId" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "reply" TEXT NOT NULL,
    "intent" TEXT,
    "embedding" BYTEA NOT NULL,
    "embeddingModel" TEXT NOT NULL,
    "quality" DOUBLE PRECISION NOT NULL,
    "tokens" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "FewShotExample_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Dataset" (
    "id" TEXT NOT NULL,
    "format" "ExportFormat" NOT NULL,
    "parameters" JSONB NOT NULL DEFAULT '{}',
    "isRedacted" BOOLEAN NOT NULL,
    "rows" INTEGER NOT NULL DEFAULT 0,
    "sha256" TEXT,
    "erasedExamples" INTEGER NOT NULL DEFAULT 0,
    "createdById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Dataset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DatasetChunk" (
    "datasetId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "bytes" BYTEA,
    "exampleIds" TEXT[],

    CONSTRAINT "DatasetChunk_pkey" PRIMARY KEY ("datasetId","position")
);

-- CreateTable
CREATE TABLE "ReplyMetrics" (
    "messageId" TEXT NOT NULL,
    "draftId" TEXT NOT NULL,
    "bleu" DOUBLE PRECISION NOT NULL,
    "semanticSimilarity" DOUBLE PRECISION,
    "lengthRatio" DOUBLE PRECISION NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ReplyMetrics_pkey" PRIMARY KEY ("messageId")
);

-- CreateTable
CREATE TABLE "RetrainingStep" (
    "retrainingId" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "result" JSONB NOT NULL DEFAULT '{}',
    "floats" BYTEA,
    "finishedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RetrainingStep_pkey" PRIMARY KEY ("retrainingId","step")
);

-- CreateTable
CREATE TABLE "LearnedParameters" (
    "retrainingId" TEXT NOT NULL,
    "embeddingModel" TEXT,
    "queryAdapter" BYTEA,
    "signalWeights" JSONB,
    "voice" JSONB,

    CONSTRAINT "LearnedParameters_pkey" PRIMARY KEY ("retrainingId")
);

-- CreateTable
CREATE TABLE "RetrainingSchedule" (
    "id" TEXT NOT NULL DEFAULT 'default',
    "cron" TEXT NOT NULL,
    "minimumExamples" INTEGER NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "skippedAt" TIMESTAMPTZ(3),
    "skippedReason" TEXT,

    CONSTRAINT "RetrainingSchedule_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "RetrainingExample_trainingExampleId_idx" ON "RetrainingExample"("trainingExampleId");

-- CreateIndex
CREATE INDEX "FewShotExample_trainingExampleId_idx" ON "FewShotExample"("trainingExampleId");

-- CreateIndex
CREATE INDEX "FewShotExample_retiredById_idx" ON "FewShotExample"("retiredById");

-- CreateIndex
CREATE UNIQUE INDEX "FewShotExample_retrainingId_trainingExampleId_key" ON "FewShotExample"("retrainingId", "trainingExampleId");

-- CreateIndex
CREATE INDEX "Dataset_sha256_idx" ON "Dataset"("sha256");

-- CreateIndex
CREATE INDEX "Dataset_expiresAt_idx" ON "Dataset"("expiresAt");

-- CreateIndex
CREATE INDEX "DatasetChunk_exampleIds_idx" ON "DatasetChunk" USING GIN ("exampleIds");

-- CreateIndex
CREATE INDEX "ReplyMetrics_draftId_idx" ON "ReplyMetrics"("draftId");

-- CreateIndex
CREATE INDEX "IntentExample_retrainingId_idx" ON "IntentExample"("retrainingId");

-- CreateIndex
CREATE INDEX "IntentExample_trainingExampleId_idx" ON "IntentExample"("trainingExampleId");

-- CreateIndex
CREATE INDEX "Phrasing_retrainingId_idx" ON "Phrasing"("retrainingId");

-- CreateIndex
CREATE INDEX "Phrasing_trainingExampleId_idx" ON "Phrasing"("trainingExampleId");

-- CreateIndex
CREATE INDEX "Retraining_activatedAt_idx" ON "Retraining"("activatedAt");

-- CreateIndex
CREATE INDEX "TrainingExample_agentId_idx" ON "TrainingExample"("agentId");

-- AddForeignKey
ALTER TABLE "Phrasing" ADD CONSTRAINT "Phrasing_retrainingId_fkey" FOREIGN KEY ("retrainingId") REFERENCES "Retraining"("runId") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Phrasing" ADD CONSTRAINT "Phrasing_trainingExampleId_fkey" FOREIGN KEY ("trainingExampleId") REFERENCES "TrainingExample"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IntentExample" ADD CONSTRAINT "IntentExample_retrainingId_fkey" FOREIGN KEY ("retrainingId") REFERENCES "Retraining"("runId") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IntentExample" ADD CONSTRAINT "IntentExample_trainingExampleId_fkey" FOREIGN KEY ("trainingExampleId") REFERENCES "TrainingExample"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RetrainingExample" ADD CONSTRAINT "RetrainingExample_retrainingId_fkey" FOREIGN KEY ("retrainingId") REFERENCES "Retraining"("runId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RetrainingExample" ADD CONSTRAINT "RetrainingExample_trainingExampleId_fkey" FOREIGN KEY ("trainingExampleId") REFERENCES "TrainingExample"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FewShotExample" ADD CONSTRAINT "FewShotExample_retrainingId_fkey" FOREIGN KEY ("retrainingId") REFERENCES "Retraining"("runId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FewShotExample" ADD CONSTRAINT "FewShotExample_retiredById_fkey" FOREIGN KEY ("retiredById") REFERENCES "Retraining"("runId") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FewShotExample" ADD CONSTRAINT "FewShotExample_trainingExampleId_fkey" FOREIGN KEY ("trainingExampleId") REFERENCES "TrainingExample"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Dataset" ADD CONSTRAINT "Dataset_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "Agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DatasetChunk" ADD CONSTRAINT "DatasetChunk_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReplyMetrics" ADD CONSTRAINT "ReplyMetrics_messageId_fkey" FOREIGN KEY ("messageId") REFERENCES "Message"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RetrainingStep" ADD CONSTRAINT "RetrainingStep_retrainingId_fkey" FOREIGN KEY ("retrainingId") REFERENCES "Retraining"("runId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LearnedParameters" ADD CONSTRAINT "LearnedParameters_retrainingId_fkey" FOREIGN KEY ("retrainingId") REFERENCES "Retraining"("runId") ON DELETE CASCADE ON UPDATE CASCADE;
