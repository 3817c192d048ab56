import type { Message } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { checkVisibleText, limits } from '../checked-input.ts'
import { appendMessage } from './append-message.ts'
import { changeConversation } from './change-conversation.ts'

/** A remark for the team. It is in no prompt and no list of the customer's, and moves nothing: neither the status nor a draft. */
export async function addNote(
  resources: Pick<Resources, 'database' | 'wakeUps'>,
  input: { conversationId: string; text: string; agentId: string | null },
): Promise<Message> {
  const text = checkVisibleText('text', input.text, { maximum: limits.note })
  return changeConversation(resources, input.conversationId, (tx, conversation) =>
    appendMessage(tx, conversation, { kind: 'NOTE', text, agentId: input.agentId }),
  )
}
