-- CreateTable
CREATE TABLE "FineTuning" (
    "runId" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "examples" INTEGER NOT NULL DEFAULT 0,
    "heldOut" INTEGER NOT NULL DEFAULT 0,
    "losses" JSONB NOT NULL DEFAULT '[]',
    "result" JSONB,
    "adapterPath" TEXT,

    CONSTRAINT "FineTuning_pkey" PRIMARY KEY ("runId")
);

-- AddForeignKey
ALTER TABLE "FineTuning" ADD CONSTRAINT "FineTuning_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
