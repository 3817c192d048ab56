import { encodeGlobalId } from '../../lib/global-id.ts'
import type { TimelineChange } from '../conversations/record-timeline.ts'
import type { Happening } from './record-webhook-event.ts'

/** What webhooks are told of a change in a conversation's timeline: of a note, an assignment or a rating, nothing. */
export function happeningsOf(conversation: string, change: TimelineChange): Happening[] {
  const conversationId = encodeGlobalId('Conversation', conversation)
  switch (change.kind) {
    case 'OPENED':
      return [{ event: 'CONVERSATION_OPENED', data: { conversationId } }]
    case 'MESSAGE': {
      if (change.messageKind === 'NOTE') return []
      const data = { conversationId, messageId: encodeGlobalId('Message', change.messageId) }
      const added: Happening = { event: 'MESSAGE_ADDED', data }
      return change.messageKind === 'CUSTOMER' ? [added] : [added, { event: 'REPLY_SENT', data }]
    }
    case 'DRAFT':
      if (change.draftStatus !== 'READY') return []
      return [{ event: 'DRAFT_READY', data: { conversationId, draftId: encodeGlobalId('Draft', change.draftId) } }]
    case 'STATUS':
      return change.status === 'RESOLVED' ? [{ event: 'CONVERSATION_RESOLVED', data: { conversationId } }] : []
    case 'ESCALATION':
      return [{ event: 'CONVERSATION_ESCALATED', data: { conversationId } }]
    default:
      return []
  }
}
