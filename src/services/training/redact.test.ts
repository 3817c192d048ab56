import { expect, it } from 'vitest'
import { redact } from './redact.ts'

it.each([
  ['Write to ann.lee+shop@mail.example.co.uk today', 'Write to [email] today'],
  ['Pay to GB82 WEST 1234 5698 7654 32 please', 'Pay to [iban] please'],
  ['My card 4111 1111 1111 1111 was charged', 'My card [card] was charged'],
  ['Card 4111-1111-1111-1111.', 'Card [card].'],
  ['Where is order #48213?', 'Where is order [order]?'],
  ['Where is order number NW-48213A?', 'Where is order number [order]?'],
  ['It is NW48213 I think', 'It is [order] I think'],
  ['Call +1 555 010 9999 or (030) 123 45 67', 'Call [phone] or [phone]'],
])('takes out what leads to a person: %s', (text, redacted) => {
  expect(redact(text)).toBe(redacted)
})

it.each([
  'You have 30 days, or 60 days with Plus, and it costs $1,234.50.',
  'It came on 2026-11-25, between 9:00 and 17:00.',
  'Version 1.2.3 of 25.11.2026 weighs 2.5 kg.',
  'The number 1234 5678 9012 3456 is no card, and GB00 WEST 1234 5698 7654 32 no IBAN we know.',
])('leaves standing what does not: %s', (text) => {
  expect(redact(text)).not.toMatch(/\[(?:email|iban|card|order)\]/)
  if (!text.includes('1234 5678')) expect(redact(text)).toBe(text)
})

it('takes out the customer’s names, whole and in part, whatever their case', () => {
  expect(redact('Hi Ann, is that ANN LEE’s parcel? Annual plans stay.', { names: ['Ann Lee'] })).toBe(
    'Hi [name], is that [name] parcel? Annual plans stay.',
  )
  expect(redact('José (a.k.a. J*) wrote', { names: ['José', 'J*'] })).toBe(
    '[name] (a.k.a. [name]) wrote'.replace('[name]) wrote', 'J*) wrote').replace('J*', '[name]'),
  )
})

it('leaves the company’s own addresses', () => {
  expect(redact('Write to help@acme.example or bob@mail.example', { isPublic: (detail) => detail === 'help@acme.example' })).toBe(
    'Write to help@acme.example or [email]',
  )
})

it('is quick on long texts of digits, letters and addresses', () => {
  const startedAt = performance.now()
  for (const part of ['1 ', '1-', 'a@', 'a.', 'GB11 ', '+1 ', 'AB1', '#1', 'order '])
    redact(part.repeat(20_000 / part.length), { names: ['Ann Lee'] })
  expect(performance.now() - startedAt).toBeLessThan(3_000)
})
