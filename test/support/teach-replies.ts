import { bytesFromFloats } from '../../src/lib/float-bytes.ts'
import type { TestServer } from './start-server.ts'

interface Given {
  heldOut?: boolean
  intent?: string
  originalResponse?: string
}

/** Approved corrections, as agents leave them, looked at already: each of a customer called Ann Lee. Returns the ids of the training examples. */
export async function teachReplies({ app }: TestServer, replies: [question: string, reply: string][], given: Given = {}): Promise<string[]> {
  const { database, embedder } = app.resources
  const agent = await database.agent.create({ data: { name: 'Agent' } })
  const ids: string[] = []
  for (const [question, correction] of replies) {
    const conversation = await database.conversation.create({ data: { customer: { create: { name: 'Ann Lee' } } } })
    const turn = await database.message.create({
      data: { conversationId: conversation.id, position: 1, kind: 'CUSTOMER', text: question, customerId: conversation.customerId },
    })
    const originalResponse = given.originalResponse ?? 'We do not know.'
    const draft = await database.draft.create({
      data: { conversationId: conversation.id, turnMessageId: turn.id, status: 'SENT', text: originalResponse },
    })
    const [vector] = embedder ? await embedder.embed([question]) : []
    const example = await database.trainingExample.create({
      data: {
        draftId: draft.id,
        conversationId: conversation.id,
        agentId: agent.id,
        state: 'APPROVED',
        question,
        correction,
        ...given,
        originalResponse,
        ...(vector && { embedding: bytesFromFloats(vector), embeddingModel: embedder!.model }),
      },
    })
    ids.push(example.id)
  }
  return ids
}
