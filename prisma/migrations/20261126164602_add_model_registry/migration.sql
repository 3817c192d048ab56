-- CreateEnum
CREATE TYPE "PromotionReason" AS ENUM ('MANUAL', 'EXPERIMENT', 'ROLL_BACK', 'AUTOMATIC_ROLL_BACK');

-- AlterTable
ALTER TABLE "ModelVersion" ADD COLUMN     "createdById" TEXT,
ADD COLUMN     "failureMessage" TEXT,
ADD COLUMN     "generatorKind" "GeneratorKind",
ADD COLUMN     "messages" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "probes" JSONB NOT NULL DEFAULT '[]';

-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "modelVersionId" TEXT;

-- CreateTable
CREATE TABLE "ModelVersionExample" (
    "modelVersionId" TEXT NOT NULL,
    "trainingExampleId" TEXT NOT NULL,

    CONSTRAINT "ModelVersionExample_pkey" PRIMARY KEY ("modelVersionId","trainingExampleId")
);

-- CreateTable
CREATE TABLE "Promotion" (
    "id" TEXT NOT NULL,
    "modelVersionId" TEXT NOT NULL,
    "replacedId" TEXT,
    "reason" "PromotionReason" NOT NULL,
    "detail" TEXT,
    "experimentId" TEXT,
    "byId" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Promotion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Evaluation" (
    "runId" TEXT NOT NULL,
    "modelVersionId" TEXT NOT NULL,
    "comparedToId" TEXT,
    "limit" INTEGER,
    "heldOutSha256" TEXT,
    "generatorKind" "GeneratorKind",
    "generatorModel" TEXT,
    "result" JSONB,

    CONSTRAINT "Evaluation_pkey" PRIMARY KEY ("runId")
);

-- CreateTable
CREATE TABLE "EvaluationCase" (
    "runId" TEXT NOT NULL,
    "trainingExampleId" TEXT NOT NULL,
    "intent" TEXT,
    "measured" JSONB NOT NULL,
    "compared" JSONB,

    CONSTRAINT "EvaluationCase_pkey" PRIMARY KEY ("runId","trainingExampleId")
);

-- CreateIndex
CREATE INDEX "ModelVersionExample_trainingExampleId_idx" ON "ModelVersionExample"("trainingExampleId");

-- CreateIndex
CREATE INDEX "Promotion_modelVersionId_at_idx" ON "Promotion"("modelVersionId", "at");

-- CreateIndex
CREATE INDEX "Promotion_at_idx" ON "Promotion"("at");

-- CreateIndex
CREATE INDEX "Evaluation_modelVersionId_idx" ON "Evaluation"("modelVersionId");

-- CreateIndex
CREATE INDEX "EvaluationCase_trainingExampleId_idx" ON "EvaluationCase"("trainingExampleId");

-- CreateIndex
CREATE INDEX "Draft_modelVersionId_idx" ON "Draft"("modelVersionId");

-- CreateIndex
CREATE INDEX "Run_modelVersionId_idx" ON "Run"("modelVersionId");

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_modelVersionId_fkey" FOREIGN KEY ("modelVersionId") REFERENCES "ModelVersion"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ModelVersion" ADD CONSTRAINT "ModelVersion_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "Agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ModelVersionExample" ADD CONSTRAINT "ModelVersionExample_modelVersionId_fkey" FOREIGN KEY ("modelVersionId") REFERENCES "ModelVersion"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ModelVersionExample" ADD CONSTRAINT "ModelVersionExample_trainingExampleId_fkey" FOREIGN KEY ("trainingExampleId") REFERENCES "TrainingExample"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Promotion" ADD CONSTRAINT "Promotion_modelVersionId_fkey" FOREIGN KEY ("modelVersionId") REFERENCES "ModelVersion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Promotion" ADD CONSTRAINT "Promotion_replacedId_fkey" FOREIGN KEY ("replacedId") REFERENCES "ModelVersion"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Promotion" ADD CONSTRAINT "Promotion_experimentId_fkey" FOREIGN KEY ("experimentId") REFERENCES "Experiment"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Promotion" ADD CONSTRAINT "Promotion_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Evaluation" ADD CONSTRAINT "Evaluation_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Evaluation" ADD CONSTRAINT "Evaluation_modelVersionId_fkey" FOREIGN KEY ("modelVersionId") REFERENCES "ModelVersion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Evaluation" ADD CONSTRAINT "Evaluation_comparedToId_fkey" FOREIGN KEY ("comparedToId") REFERENCES "ModelVersion"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EvaluationCase" ADD CONSTRAINT "EvaluationCase_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Evaluation"("runId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EvaluationCase" ADD CONSTRAINT "EvaluationCase_trainingExampleId_fkey" FOREIGN KEY ("trainingExampleId") REFERENCES "TrainingExample"("id") ON DELETE CASCADE ON UPDATE CASCADE;
