-- AlterTable
ALTER TABLE "Draft" ADD COLUMN     "fewShotExampleIds" TEXT[] DEFAULT ARRAY[]::TEXT[];
