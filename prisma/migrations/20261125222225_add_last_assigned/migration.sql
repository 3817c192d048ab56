-- AlterTable
ALTER TABLE "Agent" ADD COLUMN     "lastAssignedAt" TIMESTAMPTZ(3);
