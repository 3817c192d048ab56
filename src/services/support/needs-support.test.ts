import { describe, expect, it } from 'vitest'
import { needsSupport } from './needs-support.ts'

describe('needsSupport', () => {
  it.each([
    'Hi there,',
    '— The support team',
    'Thank you for your message.',
    'I am passing it on to a colleague, who will take over from here and get back to you.',
    "I couldn't find the answer to this in our help articles.",
    'A colleague will take a look and get back to you.',
    'Which size did you order?',
  ])('asks for none for %j', (sentence) => {
    expect(needsSupport(sentence)).toBe(false)
  })

  it.each([
    'You have 30 days to return it.',
    'Sorry, returns are only possible for 30 days.',
    'A colleague will refund you and get back to you.',
    'Our team will reply within 2 hours.',
    'Unworn boots can be exchanged by our team in any store.',
  ])('asks for it for %j', (sentence) => {
    expect(needsSupport(sentence)).toBe(true)
  })
})
