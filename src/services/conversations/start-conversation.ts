import type { Conversation, Message } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import type { Viewer } from '../access/viewer.ts'
import { queueAutomaticDraft } from '../drafting/queue-automatic-draft.ts'
import { appendMessage } from './append-message.ts'
import { assignByLoad } from './assign-by-load.ts'
import { recordTimeline, system } from './record-timeline.ts'

export interface NewConversation {
  customerId: string
  partnerId: string | null
  subject: string | null
  channel: string
  openingKey?: string | null
  openingDigest?: string | null
  previousId?: string | null
}

/** A new conversation with its first message; with AUTO_DRAFT and AUTO_ASSIGN its first draft and the agent with the least to do. */
export async function startConversation(
  { tx, queue, config, logger }: { tx: Transaction } & Pick<Resources, 'queue' | 'config' | 'logger'>,
  {
    conversation: data,
    text,
    by,
    idempotencyKey = null,
  }: { conversation: NewConversation; text: string; by: Viewer | null; idempotencyKey?: string | null },
): Promise<{ conversation: Conversation; message: Message }> {
  const conversation = await tx.conversation.create({ data })
  const { customerId } = conversation
  await recordTimeline(tx, conversation.id, { customerId }, { kind: 'OPENED' })
  const message = await appendMessage(tx, conversation, { kind: 'CUSTOMER', text, customerId, idempotencyKey })
  await queueAutomaticDraft({ tx, queue, config, logger }, { conversationId: conversation.id, turnMessageId: message.id, by })
  // Last: conversations that open at the same time wait for each other here.
  if (config.AUTO_ASSIGN) await assignByLoad(tx, conversation, system)
  return { conversation: await tx.conversation.findUniqueOrThrow({ where: { id: conversation.id } }), message }
}
