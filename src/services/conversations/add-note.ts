import type { Message } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { checkVisibleText, limits } from '../checked-input.ts'
import { appendMessage } from './append-message.ts'
import { changeConversation } from './change-conversation.ts'

/** A remark for the team. It is in no prompt and no list of the customer's, and moves nothing: neither the status nor a draft. */
export async function addNote(
  resources: Pick<Resources, 'database' | 'wakeUps'>,
  { by, ...input }: { conversationId: string; text: string; by: Viewer | null },
): Promise<Message> {
  const text = checkVisibleText('text', input.text, { maximum: limits.note })
  return changeConversation(resources, input.conversationId, async (tx, conversation) => {
    const note = await appendMessage(tx, conversation, { kind: 'NOTE', text, agentId: by?.agentId ?? null })
    await recordAudit(tx, by, { action: 'addNote', targetType: 'Conversation', targetId: conversation.id, details: { messageId: note.id } })
    return note
  })
}
