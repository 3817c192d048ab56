-- AlterTable
ALTER TABLE "Draft" ADD COLUMN     "payerId" TEXT;
