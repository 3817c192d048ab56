-- DropIndex
DROP INDEX "Conversation_lastMessageId_key";

-- CreateIndex
CREATE INDEX "Conversation_lastMessageId_idx" ON "Conversation"("lastMessageId");
