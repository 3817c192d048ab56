import { describe, expect, test } from 'vitest'
import { type Embedder, EmbedderUnavailableError } from '../../engines/embedder.ts'
import { checkSupport } from './check-support.ts'

const sources = [
  {
    number: 1,
    title: 'Returns',
    heading: 'Returns › Window',
    text: 'You can return unworn items within 30 days of delivery. The tags must still be attached.',
  },
  {
    number: 2,
    title: 'Refunds',
    heading: 'Refunds',
    text: 'We refund your original payment method within 5 business days after the parcel reaches our warehouse.',
  },
]
const check = (text: string, embedder: Embedder | null = null, question?: string) =>
  checkSupport({ embedder }, { text, sources, ...(question && { question }) })
const away = { embed: () => Promise.reject(new EmbedderUnavailableError('no model')) } as unknown as Embedder

describe('by words alone', () => {
  test('accepts what the sources say, around greetings and questions', async () => {
    const text =
      'Hi there,\n\nThanks for asking! You can return unworn items within 30 days of delivery. We refund your original payment method. Does that help?\n\n— The team'
    expect(await check(text)).toEqual({ score: 1, unsupported: [] })
  })

  test('names the sentence that no source has', async () => {
    const { score, unsupported } = await check('You can return unworn items within 30 days. Our founder climbs mountains with penguins.')
    expect(unsupported).toEqual([{ text: 'Our founder climbs mountains with penguins.', reason: 'No source says this.' }])
    expect(score).toBeCloseTo(0.5, 1)
  })

  test('flags a wrong number in a sentence that is right otherwise', async () => {
    const { score, unsupported } = await check('You can return unworn items within 45 days of delivery.')
    expect(unsupported).toEqual([{ text: 'You can return unworn items within 45 days of delivery.', reason: 'No source has "45 days".' }])
    expect(score).toBeLessThan(0.2)
  })

  test('names a date without the full stop of its sentence', async () => {
    const { unsupported } = await check('Return it by 3 May. We close at 5 p.m.')
    expect(unsupported.map(({ reason }) => /No source has .*/.exec(reason)?.[0])).toEqual(['No source has "3 May".', 'No source has "5 p.m.".'])
  })

  test('lets the draft repeat what the customer said', async () => {
    const text = 'You can return unworn items of order 48213 within 30 days of delivery.'
    expect((await check(text, null, 'About order 48213: can I return it?')).unsupported).toEqual([])
    expect((await check(text)).unsupported).toHaveLength(1)
  })
})

test('is the same when the embedder is away', async () => {
  const text = 'Our founder climbs mountains with penguins.'
  expect(await check(text, away)).toEqual(await check(text))
})

test('accepts by meaning what it would not by words', async () => {
  const same = { embed: async (texts: string[]) => texts.map(() => Float32Array.of(1, 0)) } as unknown as Embedder
  expect((await check('Goods go back inside a month.', same)).unsupported).toEqual([])
})

test('scores 1 when nothing claims anything', async () => {
  for (const text of ['', 'Hi there,\n\nThank you!\n\n— The team']) expect(await check(text)).toEqual({ score: 1, unsupported: [] })
})

test('supports nothing without sources', async () => {
  const { score, unsupported } = await checkSupport({ embedder: away }, { text: 'Tents are waterproof.', sources: [] })
  expect({ score, count: unsupported.length }).toEqual({ score: 0, count: 1 })
})

test('counts a supported sentence whole, so that the score is 1 when nothing is unsupported', async () => {
  expect(await check('Unworn items can go back to us within 30 days of delivery.')).toEqual({ score: 1, unsupported: [] })
})

test('asks for no support of a line that introduces a list', async () => {
  expect((await check('Here are the steps:\n\n1. You can return unworn items within 30 days.')).unsupported).toEqual([])
  expect((await check('Penguins climb all our mountains:')).unsupported).toHaveLength(1)
})

test('names a wrong phone number once', async () => {
  const { unsupported } = await check('You can return unworn items within 30 days of delivery, tags attached: +1 555 1234 or +1 555 1234.')
  expect(unsupported.map(({ reason }) => reason)).toEqual(['No source has "+1 555 1234".'])
})

test('says all that is wrong with a sentence in one entry, and cuts a long one', async () => {
  const { unsupported } = await check('Penguins climb 45 mountains for $900 in 12 hours.')
  expect(unsupported).toEqual([
    { text: 'Penguins climb 45 mountains for $900 in 12 hours.', reason: 'No source says this. No source has "45", "$900", "12 hours".' },
  ])
  const long = await check(`Penguins climb ${'very '.repeat(400)}high mountains.`)
  expect(long.unsupported.map(({ text }) => text.length)).toEqual([500])
})

test('finds invented facts in courtesies, questions and greetings, too', async () => {
  for (const text of [
    'Could you write to refunds@b.example?',
    'Thank you, see www.b.example!',
    'A colleague will get back to you at +1 800 555 0199.',
    'Hi there, meet us on May 3,',
    '— The team, b.example',
    'It is valid until 4. May.',
  ])
    expect((await check(text)).unsupported, text).toEqual([{ text: expect.any(String), reason: expect.stringContaining('No source has') }])
})

test('takes facts from earlier replies, and from the customer all but links and e-mail addresses', async () => {
  const text = 'You can return unworn items of order 48213 within 30 days at b.example/x.'
  const question = 'Send order 48213 to b.example/x'
  const { unsupported } = await checkSupport({ embedder: null }, { text, sources, question })
  expect(unsupported.map(({ reason }) => reason)).toEqual(['No source has "b.example/x".'])
  expect((await checkSupport({ embedder: null }, { text, sources, question, trusted: ['Open b.example/x.'] })).unsupported).toEqual([])
})

test('checks 20,000 characters while somebody types them', async () => {
  for (const piece of ['a\n', '1\n', 'You can return it within 45 days. ', 'a. ', '$1 ', 'May 1. ']) {
    const times: number[] = []
    for (let round = 0; round < 3; round++) {
      const before = process.cpuUsage().user
      await check(piece.repeat(20_000 / piece.length))
      times.push((process.cpuUsage().user - before) / 1_000)
    }
    // Under 100 ms on an idle machine.
    expect(Math.min(...times), piece).toBeLessThan(300)
  }
})
