import { expect, test } from 'vitest'
import { composeSuggestion } from './compose-suggestion.ts'
import { withoutPrivateDetails } from './private-details.ts'

const ann = { name: 'Ann Smith', email: 'ann@mail.example', wrote: 'My phone is +1 555 010 4477, order 48213.' }
const general = (sentence: string) => withoutPrivateDetails(sentence, ann, (text) => text === 'help@shop.example' || text === '+1 800 555 0100')

test.each([
  ['Ann, you can pay in parts.', 'You can pay in parts.'],
  ['You can pay in parts, Ann.', 'You can pay in parts.'],
  ['Your order #48213 ships with gift paper.', 'Your order ships with gift paper.'],
  ['Your invoice number INV-20391 has the tax on it.', 'Your invoice has the tax on it.'],
  ['Write to help@shop.example or call +1 800 555 0100.', 'Write to help@shop.example or call +1 800 555 0100.'],
  ['We wrap it for $4 within 3 days.', 'We wrap it for $4 within 3 days.'],
  ['Anniversary editions cost $1,200.', 'Anniversary editions cost $1,200.'],
])('keeps what is general in %j', (sentence, expected) => expect(general(sentence)).toBe(expected))

test.each([
  'We called you on +1 555 010 4477 about it.',
  'I wrote to ann@mail.example about it.',
  'We sent it to someone@else.example.',
  'Mrs. Smith gets a refund.',
  'Parcel 1Z999AA10123456784 is on its way with tracking 92748999.',
])('drops %j', (sentence) => expect(general(sentence) ?? '').not.toMatch(/555|ann@|someone|Smith|1Z999|92748999/))

test('takes the name from the greeting too', async () => {
  const answers = [
    {
      questionId: 'q',
      text: 'Hi Bob,\n\nBob, we wrap orders in paper. Let me tell Bob the price.\n\nRegards,\nDana',
      customer: { name: null, email: null, wrote: '' },
    },
  ]
  const suggestion = await composeSuggestion(null, { answers, isPublic: () => false })
  expect(suggestion?.body).toBe('We wrap orders in paper.')
})
