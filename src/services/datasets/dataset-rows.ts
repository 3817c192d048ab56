import type { ExportFormat, FeedbackRating } from '../../generated/prisma/client.ts'
import { type RedactionContext, redact } from '../training/redact.ts'

/** An approved example, as the database has it. */
export interface ExportedExample {
  id: string
  conversationId: string
  intent: string | null
  question: string
  originalResponse: string
  correction: string | null
  rating: FeedbackRating | null
  isSentAsDrafted: boolean
  context: { author: 'customer' | 'agent'; text: string }[]
  prompt: { role: string; content: string }[] | null
  notes: string | null
  customerName: string | null
}

type Message = { role: string; content: string }

/**
 * The rows of one example, none where the format has no use for it. CORRECTIONS { original, correction, intent, conversation_id }; CHAT { messages,
 * rating, notes }, the reply last; PREFERENCE { prompt, chosen, rejected } and KTO { prompt, completion, label } in TRL's conversational form: lists
 * of { role, content }.
 */
export function datasetRows(example: ExportedExample, format: ExportFormat, redaction: RedactionContext | null): object[] {
  const clean = redaction ? (text: string) => redact(text, redaction) : (text: string) => text
  const cleanAll = (messages: Message[]) => messages.map(({ role, content }) => ({ role, content: clean(content) }))
  const { correction, originalResponse, rating, isSentAsDrafted } = example
  const isHelpfulAsDrafted = correction === null && isSentAsDrafted && rating === 'HELPFUL'
  const said = (content: string): Message[] => [{ role: 'assistant', content: clean(content) }]
  switch (format) {
    case 'CORRECTIONS':
      if (correction === null) return []
      return [{ original: clean(originalResponse), correction: clean(correction), intent: example.intent, conversation_id: example.conversationId }]
    case 'CHAT': {
      if (correction === null && !isHelpfulAsDrafted) return []
      const reply = said(correction ?? originalResponse)
      return [
        {
          messages: [...cleanAll(promptOf(example)), ...reply],
          rating: correction === null ? 'helpful' : 'corrected',
          notes: example.notes === null ? null : clean(example.notes),
        },
      ]
    }
    case 'PREFERENCE':
      if (correction === null) return []
      return [{ prompt: cleanAll(promptOf(example)), chosen: said(correction), rejected: said(originalResponse) }]
    case 'KTO': {
      const prompt = () => cleanAll(promptOf(example))
      if (isHelpfulAsDrafted) return [{ prompt: prompt(), completion: said(originalResponse), label: true }]
      if (correction !== null)
        return [
          { prompt: prompt(), completion: said(correction), label: true },
          { prompt: prompt(), completion: said(originalResponse), label: false },
        ]
      return rating === 'NOT_HELPFUL' ? [{ prompt: prompt(), completion: said(originalResponse), label: false }] : []
    }
  }
}

/** What the model was given; of a draft that has no prompt, what was said. */
function promptOf({ prompt, context, question }: ExportedExample): Message[] {
  if (prompt && prompt.length > 0) return prompt
  return [
    ...context.map(({ author, text }) => ({ role: author === 'customer' ? 'user' : 'assistant', content: text })),
    { role: 'user', content: question },
  ]
}
