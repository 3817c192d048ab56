import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { ExportFormat } from '../../generated/prisma/client.ts'
import { datasetRows, type ExportedExample } from './dataset-rows.ts'

const corrected: ExportedExample = {
  id: '1',
  conversationId: 'conversation-1',
  intent: 'return_item',
  question: 'I am Ann Lee, ann@mail.example. May I return order #48213?',
  originalResponse: 'You have 60 days.',
  correction: 'Hi Ann,\n\nYou have 30 days — from delivery. “Really”, 100 %.\n\n— The crew',
  rating: 'NEEDS_IMPROVEMENT',
  isSentAsDrafted: false,
  context: [
    { author: 'customer', text: 'Hello' },
    { author: 'agent', text: 'Hello, how can I help?' },
  ],
  prompt: null,
  notes: 'The period was wrong.',
  customerName: 'Ann Lee',
}
const helpful: ExportedExample = {
  ...corrected,
  id: '2',
  conversationId: 'conversation-2',
  intent: null,
  question: 'Do you ship to Norway?',
  originalResponse: 'Yes, for a flat fee.',
  correction: null,
  rating: 'HELPFUL',
  isSentAsDrafted: true,
  context: [],
  notes: null,
  prompt: [
    { role: 'system', content: 'You draft replies.' },
    { role: 'user', content: 'Do you ship to Norway?' },
  ],
}

/** What the trainer's tests load with datasets and TRL: `UPDATE_EXPORTS=1 npm run test:unit` writes them anew. */
const fileOf = (format: ExportFormat) => new URL(`../../../trainer/tests/exports/${format.toLowerCase()}.jsonl`, import.meta.url)

describe('the rows of an export', () => {
  it.each(['CORRECTIONS', 'CHAT', 'PREFERENCE', 'KTO'] as const)('as %s are those that datasets and TRL are tested with', (format) => {
    const rows = [corrected, helpful].flatMap((example) => datasetRows(example, format, { names: ['Ann Lee'], isPublic: () => false }))
    const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('')
    if (process.env.UPDATE_EXPORTS) writeFileSync(fileOf(format), text)
    expect(text).toBe(readFileSync(fileOf(format), 'utf8'))
    expect(text).not.toMatch(/Ann|48213/)
  })
})
