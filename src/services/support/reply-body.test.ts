import { describe, expect, it, test } from 'vitest'
import { replyBody } from './reply-body.ts'

const said = 'You have 30 days to return it.'

test.each([
  'Hi there,',
  'Hello Ann',
  'Dear Dr. Ng,',
  'Good morning, Ann!',
  'Guten Tag Frau Müller,',
  'Sehr geehrte Frau Müller,',
  'Bonjour Madame,',
  'Hola Ana:',
  'Buenos días,',
  'Ciao Marco,',
  'Olá João,',
  'こんにちは、',
  '您好，',
  '안녕하세요,',
])('takes %j for a greeting', (greeting) => {
  expect(replyBody(`${greeting}\n\n${said}`)).toBe(said)
})

test.each([
  '— The support team',
  '- Tom',
  'Best regards,\nTom',
  'BEST REGARDS\nTom Ford\nCustomer Care\n+1 555 010 9999\ntom@example.com',
  'Kind regards, Jan de Vries',
  'Cheers',
  'Mit freundlichen Grüßen\nJürgen',
  'Viele Grüße,\nJürgen',
  'Cordialement,',
  'Saludos,\nAna',
  '敬具',
  '--\nTom Ford\nhttps://shop.example',
  'Thanks,\nTom\n\nSent from my iPhone',
])('takes %j for a signature', (signature) => {
  expect(replyBody(`${said}\n\n${signature}`)).toBe(said)
})

test.each([
  'Hi, you have 30 days.',
  'Dear customer, the label costs $5',
  'Best of all: it is free.',
  '- Send it back within 30 days',
  '- keep the label',
  '— keep the label',
  'Best regards,\nPS: the label costs $5',
  '---\n1. Print the label.\n2. Send it within 30 days.',
  'Cheers,\nTom\n\nPS: it costs $5.',
  'Take care of the label first',
  'Thanks for your order of 3 jackets',
])('takes nothing from %j', (text) => {
  expect(replyBody(text).replace(/\n+/g, '\n')).toBe(text.replace(/\n+/g, '\n'))
})

describe('quoted text', () => {
  it('is left out, with the line that says who wrote it', () => {
    expect(replyBody(`${said}\n\nOn Mon, Nov 23, 2026 at 9:30 AM Ann <ann@example.com> wrote:\n\n> Can I return it?\n> Thanks`)).toBe(said)
    expect(replyBody(`> Can I return it?\n\n${said}`)).toBe(said)
    expect(replyBody(`${said}\n\nAm 23.11.2026 um 09:30 schrieb Ann <ann@example.com>:\n\n> Kann ich es zurückgeben?`)).toBe(said)
  })
})

it('knows the greeting and the signature of the house, whatever they are', () => {
  const voice = { greeting: 'Ahoy, 5-star sailor! Welcome aboard.', signOff: 'Fair winds! Northwind Outfitters, since 1921.' }
  expect(replyBody(`${voice.greeting}\n\n${said}\n\n${voice.signOff}`, voice)).toBe(said)
  expect(replyBody(`${voice.greeting}\n\n${said}\n\n${voice.signOff}`)).not.toBe(said)
})

test.each([
  ['1111 from <', ''],
  ['Op schreef \n', ''],
  ['\n', ''],
  [' \n', 'x'],
  ['> \n', ''],
  ['Cheers,\n', ''],
  ['A-a.b-', ''],
  ['On a ', 'wrote:'],
  ['Tom\n', 'Cheers,'],
])('takes no time worth mentioning for 20,000 characters of %j', (piece, end) => {
  const text = `${piece.repeat(20_000 / piece.length)}${end}`
  const startedAt = performance.now()
  replyBody(text)
  expect(performance.now() - startedAt).toBeLessThan(500)
})
