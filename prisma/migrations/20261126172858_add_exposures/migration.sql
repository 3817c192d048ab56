-- CreateEnum
CREATE TYPE "ExperimentMetric" AS ENUM ('EDIT_RATIO', 'ACCEPTANCE_RATE', 'SEMANTIC_SIMILARITY', 'SUPPORT', 'CSAT', 'ESCALATION_RATE', 'DRAFT_SECONDS');

-- CreateEnum
CREATE TYPE "ExperimentOutcome" AS ENUM ('UNDECIDED', 'BETTER', 'WORSE', 'NO_DIFFERENCE', 'STOPPED_BY_GUARDRAIL', 'SAMPLE_RATIO_MISMATCH');

-- AlterTable
ALTER TABLE "Experiment" DROP COLUMN "decision",
ADD COLUMN     "conclusion" TEXT,
ADD COLUMN     "createdById" TEXT,
ADD COLUMN     "decidedAt" TIMESTAMPTZ(3),
ADD COLUMN     "figures" JSONB,
ADD COLUMN     "outcome" "ExperimentOutcome" NOT NULL DEFAULT 'UNDECIDED',
ADD COLUMN     "promoted" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "reason" TEXT,
ADD COLUMN     "winnerId" TEXT,
DROP COLUMN "primaryMetric",
ADD COLUMN     "primaryMetric" "ExperimentMetric" NOT NULL DEFAULT 'EDIT_RATIO',
DROP COLUMN "guardrails",
ADD COLUMN     "guardrails" "ExperimentMetric"[] DEFAULT ARRAY[]::"ExperimentMetric"[],
ALTER COLUMN "maximumDrafts" SET NOT NULL,
ALTER COLUMN "maximumDrafts" SET DEFAULT 2000;

-- CreateTable
CREATE TABLE "Exposure" (
    "draftId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Exposure_pkey" PRIMARY KEY ("draftId")
);

-- CreateIndex
CREATE INDEX "Draft_variantId_idx" ON "Draft"("variantId");

-- CreateIndex
CREATE INDEX "ExperimentVariant_modelVersionId_idx" ON "ExperimentVariant"("modelVersionId");

-- CreateIndex
CREATE INDEX "Survey_draftId_idx" ON "Survey"("draftId");

-- AddForeignKey
ALTER TABLE "Experiment" ADD CONSTRAINT "Experiment_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "Agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Exposure" ADD CONSTRAINT "Exposure_draftId_fkey" FOREIGN KEY ("draftId") REFERENCES "Draft"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- CreateIndex
CREATE UNIQUE INDEX "Experiment_one_running" ON "Experiment" ((true)) WHERE "status" = 'RUNNING';
