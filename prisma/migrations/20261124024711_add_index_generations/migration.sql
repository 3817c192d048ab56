-- CreateEnum
CREATE TYPE "ChunkKind" AS ENUM ('SECTION', 'PHRASING');

-- CreateEnum
CREATE TYPE "GenerationState" AS ENUM ('BUILDING', 'LIVE', 'KEPT');

-- CreateEnum
CREATE TYPE "GapSource" AS ENUM ('WEAK_EVIDENCE', 'UNCITED_CORRECTION', 'ESCALATION');

-- CreateEnum
CREATE TYPE "ArticlePairKind" AS ENUM ('DUPLICATE', 'CONTRADICTION');

-- DropIndex
DROP INDEX "Chunk_articleId_index_key";

-- AlterTable
ALTER TABLE "ArticleVersion" ADD COLUMN     "restoredFrom" INTEGER;

-- AlterTable
ALTER TABLE "Chunk" ADD COLUMN     "generation" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "kind" "ChunkKind" NOT NULL DEFAULT 'SECTION',
ADD COLUMN     "fineVectors" BYTEA;

-- CreateTable
CREATE TABLE "Phrasing" (
    "id" TEXT NOT NULL,
    "articleId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Phrasing_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IndexGeneration" (
    "number" SERIAL NOT NULL,
    "state" "GenerationState" NOT NULL DEFAULT 'BUILDING',
    "embeddingModel" TEXT NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "chunking" TEXT NOT NULL,
    "runId" TEXT,
    "articles" INTEGER NOT NULL DEFAULT 0,
    "chunks" INTEGER NOT NULL DEFAULT 0,
    "recall" DOUBLE PRECISION,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "activatedAt" TIMESTAMPTZ(3),

    CONSTRAINT "IndexGeneration_pkey" PRIMARY KEY ("number")
);

-- The chunks that there are belong to the first generation. A server that cuts or embeds otherwise builds the next one when it starts.
INSERT INTO "IndexGeneration" ("state", "embeddingModel", "dimensions", "chunking", "activatedAt")
VALUES ('LIVE', 'Xenova/all-MiniLM-L6-v2:q8', 384, 'headings-1', CURRENT_TIMESTAMP);

-- One answers and at most one is being built, even when two replicas decide at once.
CREATE UNIQUE INDEX "IndexGeneration_one_live" ON "IndexGeneration" ((true)) WHERE "state" = 'LIVE';
CREATE UNIQUE INDEX "IndexGeneration_one_building" ON "IndexGeneration" ((true)) WHERE "state" = 'BUILDING';

-- CreateTable
CREATE TABLE "KnowledgeGap" (
    "id" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 0,
    "suggestedTitle" TEXT,
    "suggestion" TEXT,
    "embedding" BYTEA,
    "embeddingModel" TEXT,
    "dismissedAt" TIMESTAMPTZ(3),
    "filledById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "KnowledgeGap_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "GapQuestion" (
    "id" TEXT NOT NULL,
    "gapId" TEXT,
    "conversationId" TEXT NOT NULL,
    "draftId" TEXT,
    "messageId" TEXT NOT NULL,
    "sources" "GapSource"[] DEFAULT ARRAY[]::"GapSource"[],
    "text" TEXT NOT NULL,
    "answer" TEXT,
    "embedding" BYTEA,
    "embeddingModel" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "GapQuestion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ArticlePair" (
    "id" TEXT NOT NULL,
    "kind" "ArticlePairKind" NOT NULL,
    "firstId" TEXT NOT NULL,
    "firstVersion" INTEGER NOT NULL,
    "secondId" TEXT NOT NULL,
    "secondVersion" INTEGER NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "findings" JSONB NOT NULL DEFAULT '[]',
    "dismissedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ArticlePair_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Phrasing_articleId_text_key" ON "Phrasing"("articleId", "text");

-- CreateIndex
CREATE INDEX "KnowledgeGap_count_idx" ON "KnowledgeGap"("count");

-- CreateIndex
CREATE UNIQUE INDEX "GapQuestion_messageId_key" ON "GapQuestion"("messageId");

-- CreateIndex
CREATE INDEX "GapQuestion_gapId_idx" ON "GapQuestion"("gapId");

-- CreateIndex
CREATE INDEX "GapQuestion_conversationId_idx" ON "GapQuestion"("conversationId");

-- CreateIndex
CREATE INDEX "ArticlePair_secondId_idx" ON "ArticlePair"("secondId");

-- CreateIndex
CREATE UNIQUE INDEX "ArticlePair_kind_firstId_secondId_key" ON "ArticlePair"("kind", "firstId", "secondId");

-- CreateIndex
CREATE INDEX "Chunk_articleId_idx" ON "Chunk"("articleId");

-- CreateIndex
CREATE UNIQUE INDEX "Chunk_generation_articleId_kind_index_key" ON "Chunk"("generation", "articleId", "kind", "index");

-- AddForeignKey
ALTER TABLE "Phrasing" ADD CONSTRAINT "Phrasing_articleId_fkey" FOREIGN KEY ("articleId") REFERENCES "Article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IndexGeneration" ADD CONSTRAINT "IndexGeneration_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Chunk" ADD CONSTRAINT "Chunk_generation_fkey" FOREIGN KEY ("generation") REFERENCES "IndexGeneration"("number") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "KnowledgeGap" ADD CONSTRAINT "KnowledgeGap_filledById_fkey" FOREIGN KEY ("filledById") REFERENCES "Article"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GapQuestion" ADD CONSTRAINT "GapQuestion_gapId_fkey" FOREIGN KEY ("gapId") REFERENCES "KnowledgeGap"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GapQuestion" ADD CONSTRAINT "GapQuestion_conversationId_fkey" FOREIGN KEY ("conversationId") REFERENCES "Conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GapQuestion" ADD CONSTRAINT "GapQuestion_draftId_fkey" FOREIGN KEY ("draftId") REFERENCES "Draft"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GapQuestion" ADD CONSTRAINT "GapQuestion_messageId_fkey" FOREIGN KEY ("messageId") REFERENCES "Message"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ArticlePair" ADD CONSTRAINT "ArticlePair_firstId_fkey" FOREIGN KEY ("firstId") REFERENCES "Article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ArticlePair" ADD CONSTRAINT "ArticlePair_secondId_fkey" FOREIGN KEY ("secondId") REFERENCES "Article"("id") ON DELETE CASCADE ON UPDATE CASCADE;
