import { resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { type Embedder, EmbedderUnavailableError } from './embedder.ts'
import { ExtractiveGenerator } from './extractive-generator.ts'
import type { GenerationRequest, Source } from './generator.ts'
import { LocalEmbedder } from './local-embedder.ts'

const embedder = new LocalEmbedder({ modelsDir: resolve(import.meta.dirname, '../../models') })
afterAll(() => embedder.close())

const article = (number: number, title: string, text: string, more: Partial<Source> = {}): Source => ({
  number,
  title,
  heading: '',
  text,
  score: 0.5,
  internal: false,
  ...more,
})

const refunds = article(
  1,
  'Return & Refund Policy',
  `If something isn't right for you, send it back. You have **30 days from delivery** to return an item for a full refund of its price.

## What it costs

Within the United States the return label is free. You get one free label per order from [the returns page](https://shop.example/returns).

## When you get your money

We refund your **original payment method within 5 business days after the warehouse receives** the parcel. You get an email the moment the refund is issued.`,
)
const password = article(
  2,
  'Reset Your Password',
  `Forgotten your password? You can set a new one in a minute.

1. Go to https://shop.example/account/forgot.
2. Enter the email address of your account and press **Send link**.
3. Open the email and select **Choose a new password**.

The link is **valid for 24 hours** and works once.`,
)
const tents = article(
  3,
  'Tents',
  `## Which tent fits your trips?

| Model | People | Weight | Price |
|---|---|---|---|
| Finch 2 | 2 | 3.5 lb | $289 |
| Heron 3 | 3 | 6.2 lb | $349 |

## What is not covered

- Normal wear and fading
- Damage from sunlight`,
)

const voice = { greeting: 'Hi there,', signOff: '— The support team' }

const emptyRequest: GenerationRequest = {
  messages: [],
  question: '',
  sources: [],
  sufficient: true,
  handOver: false,
  voice,
  tone: null,
  parameters: { contextTokens: 4096, maximumTokens: 400, temperature: 0 },
}

async function write(question: string, more: Partial<GenerationRequest> = {}, engine: Embedder | null = embedder): Promise<string> {
  const request = { ...emptyRequest, question, sources: [refunds, password, tents], ...more }
  let text = ''
  let ends = 0
  for await (const output of new ExtractiveGenerator({ embedder: engine, pauseMs: 0 }).generate(request, { signal: new AbortController().signal })) {
    if (output.type === 'text') text += output.text
    else ends++
  }
  expect(ends).toBe(1)
  return text
}

describe.each([
  ['with vectors', embedder],
  ['with words alone', null],
])('%s', (_name, engine) => {
  test('answers first, in the house voice, with the mark of the source', async () => {
    const reply = await write('How many days do I have to return an item?', {}, engine)
    expect(reply.startsWith('Hi there,\n\nYou have 30 days from delivery to return an item for a full refund of its price. [1]')).toBe(true)
    expect(reply.endsWith('\n\n— The support team')).toBe(true)
  })

  test('gives the steps in order to a question that asks how', async () => {
    const reply = await write('How do I reset my password?', {}, engine)
    expect(reply).toContain(
      [
        'Forgotten your password? You can set a new one in a minute. [2]',
        '',
        '1. Go to https://shop.example/account/forgot. [2]',
        '2. Enter the email address of your account and press Send link. [2]',
        '3. Open the email and select Choose a new password. [2]',
      ].join('\n'),
    )
  })

  test('reads a table aloud', async () => {
    const reply = await write('How heavy is the Finch 2?', {}, engine)
    expect(reply).toContain('Finch 2: 2 people, weight 3.5 lb, price $289. [3]')
    expect(reply).not.toContain('|')
  })
})

test('answers a paraphrase that shares no word with the article', async () => {
  expect(await write('When will the cash be back on my card?')).toContain(
    'We refund your original payment method within 5 business days after the warehouse receives the parcel. [1]',
  )
})

test('keeps the address of a link and no Markdown', async () => {
  const reply = await write('Where do I get the free return label?')
  expect(reply).toContain('the returns page (https://shop.example/returns)')
  expect(reply).not.toMatch(/\*\*|\]\(|^#/m)
})

test('quotes what a "not" stands above only together with it', async () => {
  const reply = await write('Is damage from sunlight covered?')
  expect(reply).toContain('What is not covered:')
})

test('answers both of two questions', async () => {
  const reply = await write('How long is the password link valid? And is the return label free in the United States?')
  expect(reply).toContain('valid for 24 hours')
  expect(reply).toContain('the return label is free')
})

test('says it shorter and longer', async () => {
  const [shorter, usual, longer] = await Promise.all(
    [null, 'SHORTER', 'LONGER'].map((tone) => write('How do refunds work?', { tone: tone as GenerationRequest['tone'] })),
  ).then(([a, b, c]) => [b!, a!, c!])
  expect(shorter!.length).toBeLessThan(usual!.length + 1)
  expect(longer!.length).toBeGreaterThan(shorter!.length)
})

test.each([
  ['FRIENDLY', 'Thanks for getting in touch!'],
  ['FORMAL', 'Thank you for contacting us.'],
] as const)('opens a %s reply', async (tone, opener) => {
  expect(await write('How many days do I have to return an item?', { tone })).toContain(`Hi there,\n\n${opener}`)
})

describe('says nothing of its own', () => {
  test('when the evidence is not enough', async () => {
    const reply = await write('Do you sell kayaks?', { sufficient: false })
    expect(reply).toBe(
      "Hi there,\n\nI couldn't find the answer to this in our help articles. A colleague will take a look and get back to you.\n\n— The support team",
    )
  })

  test('when nothing fits', async () => {
    expect(await write('Who won the chess championship?', { sources: [{ ...tents, score: 0 }] })).toContain("I couldn't find the answer")
  })

  test('when a person takes over', async () => {
    const reply = await write('I want to talk to a human about my refund', { handOver: true })
    expect(reply).toContain('passing it on to a colleague')
    expect(reply).not.toMatch(/\[\d\]/)
  })

  test('and nothing from an internal article', async () => {
    const internal = { ...refunds, internal: true, score: 1 }
    expect(await write('How many days do I have to return an item?', { sources: [internal] })).toContain("I couldn't find the answer")
  })
})

test('falls back to words when the embedder is away', async () => {
  const broken = { embed: () => Promise.reject(new EmbedderUnavailableError('no model')) } as unknown as Embedder
  expect(await write('How many days do I have to return an item?', {}, broken)).toContain('You have 30 days from delivery')
})

test('greets before it thinks, and stops when it is told to', async () => {
  const stop = new AbortController()
  const request = { ...emptyRequest, question: 'How do I reset my password?', sources: [password] }
  const stream = new ExtractiveGenerator({ embedder }).generate(request, { signal: stop.signal })[Symbol.asyncIterator]()
  const started = performance.now()
  expect(await stream.next()).toMatchObject({ value: { type: 'text', text: 'Hi there,\n\n' } })
  expect(performance.now() - started).toBeLessThan(50)
  stop.abort(new Error('stopped'))
  await expect(stream.next()).rejects.toThrow('stopped')
})

const payment = article(
  1,
  'Payment Methods',
  `This page explains how you can pay.

You can pay with:

- Visa, Mastercard and American Express
- PayPal, Apple Pay and Google Pay
- Gift cards

We don't accept checks, cash on delivery or cryptocurrency. A gift card plus one other method is fine.`,
  { heading: 'Payment Methods › Ways to pay' },
)

test.each(['Do you accept PayPal?', 'Which payment methods do you accept?'])('quotes a list whole: %s', async (question) => {
  const reply = await write(question, { sources: [payment] })
  expect(reply).toContain(
    'You can pay with:\n\n- Visa, Mastercard and American Express. [1]\n- PayPal, Apple Pay and Google Pay. [1]\n- Gift cards. [1]',
  )
  expect(reply).not.toMatch(/›|This page/)
})

describe('answers what was asked, and not what has a word of it', () => {
  const tuning = article(
    1,
    'Piano tuning at your home',
    `We tune pianos in Ghent, Bruges, Leuven and Mechelen.

| Town | Wait | Price |
|---|---|---|
| Ghent | 3 days | €80 |
| Bruges | 5 days | €95 |
| All other towns | 9 days | €110 |

## Holidays

- Leuven: no parking permit is needed for 2 hours or 1 van.
- Bruges: ring the bell twice.`,
  )

  test.each(['How much is it in Leuven?', 'what does a tuning cost in leuven'])(
    'by the row for the rest, to a name without a row: %s',
    async (question) => {
      expect(await write(question, { sources: [tuning], tone: 'SHORTER' })).toContain('All other towns: wait 9 days, price €110. [1]')
    },
  )

  test('by the row of the name where there is one', async () => {
    const text = await write('How long do I wait in Bruges?', { sources: [tuning], tone: 'SHORTER' })
    expect(text).toContain('Bruges: wait 5 days')
    expect(text).not.toContain('other towns')
  })

  test.each([null, 'SHORTER'] as const)('by the steps of what the customer wants to do (%s)', async (tone) => {
    const insure = article(1, 'Insure an instrument', 'The policy begins at once.\n\n1. Open **My instruments**.\n2. Press **Insure**.', {
      score: 0.7,
    })
    const violins = article(
      2,
      'Violins: sizes and cases',
      'A violin for children comes in six sizes. Keep violins in a humid room.\n\n## Which violins you can insure\n\nYou can insure:\n\n- Violins and violas with a bow\n- Cellos\n- Double basses',
      { score: 0.9 },
    )
    const text = await write('How do I insure violins?', { sources: [insure, violins], tone })
    expect(text).toContain('1. Open My instruments. [1]')
    expect(text).not.toContain('Cellos')
  })

  test('by the rule before its exception, though a list follows the rule', async () => {
    const ferry = article(
      1,
      'Cancel a Booking',
      'You can cancel free of charge until the ferry is loaded.\n\n1. Open https://ferry.example/bookings.\n2. Choose the crossing and press **Cancel booking**.\n3. We write to you within the hour.\n\nBookings with a caravan can be canceled only within 24 hours after you made them.',
    )
    const [rule, exception] = ['until the ferry is loaded', 'with a caravan']
    const text = await write('Can I cancel my booking?', { sources: [ferry] })
    expect(text).toContain(rule)
    expect(text.slice(0, text.indexOf(rule))).not.toContain(exception)
    const ofCaravan = await write('Can I cancel my booking with a caravan?', { sources: [ferry], tone: 'SHORTER' })
    expect(ofCaravan).toContain(exception)
  })

  test('by what it follows, when the question leans on it', async () => {
    const sources = [
      article(1, 'Deposits', 'A deposit for a piano is €300. A deposit for a drum kit is €90.', { score: 0.8 }),
      article(
        2,
        'Bring an instrument back early',
        'Rent that you paid for later months is lost. With an early return the deposit comes back to your bank account within 4 days.',
        {
          score: 0.8,
        },
      ),
    ]
    const asked = { sources, tone: 'SHORTER' as const }
    expect(await write('And the deposit?', asked)).toContain('€300')
    const text = await write('And the deposit?', {
      ...asked,
      context: 'I want to bring my drum kit back early, do I get money back to my bank account?',
    })
    expect(text).toContain('within 4 days')
  })
})

test('marks every sentence of a step', async () => {
  const text = 'Set up a return in minutes.\n\n1. Open the returns page. Guests can do this too.\n2. Print the label.'
  const reply = await write('How do I set up a return?', { sources: [article(1, 'Start a Return', text)] })
  expect(reply).toContain('1. Open the returns page. [1] Guests can do this too. [1]\n2. Print the label. [1]')
})

test('gives no steps to a question for a fact', async () => {
  const start = article(2, 'Start a Return', 'Set up a return in minutes.\n\n1. Open the returns page.\n2. Print the return label.')
  const reply = await write('what is your return window', { sources: [start, refunds] })
  expect(reply).not.toContain('1. ')
})

test.each(['thanks, that solved it!', 'Perfect, thank you so much for your help. Bye!', 'Great, it works now'])(
  'quotes nothing to %j',
  async (question) => {
    expect(await write(question)).toMatch(/^Hi there,\n\n(You're welcome!)[^[]*$/)
  },
)

test.each(['Hi', '👍'])('asks what %j is about', async (question) => {
  expect(await write(question)).toMatch(/^Hi there,\n\n[^[]*How can we help you\?/)
})

test.each(['Thanks! How many days do I have to return an item?', 'thanks, but how many days do I have to return an item'])(
  'answers what is asked beside the thanks: %j',
  async (question) => {
    expect(await write(question)).toContain('30 days from delivery')
  },
)

test('is written before the eyes of the reader, and stops in the middle of a pause', async () => {
  const stop = new AbortController()
  const request = { ...emptyRequest, question: 'How do I reset my password?', sources: [password] }
  const stream = new ExtractiveGenerator({ embedder: null, pauseMs: 1000 }).generate(request, { signal: stop.signal })[Symbol.asyncIterator]()
  await stream.next()
  const started = performance.now()
  expect((await stream.next()).value).toMatchObject({ type: 'text' })
  expect(performance.now() - started).toBeLessThan(50)
  const next = stream.next()
  stop.abort(new Error('stopped'))
  await expect(next).rejects.toThrow('stopped')
  expect(performance.now() - started).toBeLessThan(100)
})

test('makes no pauses while more drafts are written than a few', async () => {
  const request = { ...emptyRequest, question: 'How do I reset my password?', sources: [password] }
  const generator = new ExtractiveGenerator({ embedder: null, pauseMs: 60_000 })
  const write = async () => {
    const types: string[] = []
    for await (const { type } of generator.generate(request, { signal: new AbortController().signal })) types.push(type)
    return types.at(-1)
  }
  // Three that somebody started and reads no further.
  const others = Array.from({ length: 3 }, () => generator.generate(request, { signal: new AbortController().signal })[Symbol.asyncIterator]())
  for (const other of others) await other.next()
  expect(await write()).toBe('end')
  for (const other of others) await other.return?.()
  const stop = new AbortController()
  const alone = generator.generate(request, { signal: stop.signal })[Symbol.asyncIterator]()
  for (let piece = 0; piece < 2; piece++) await alone.next()
  const started = performance.now()
  await alone.next()
  expect(performance.now() - started).toBeGreaterThan(20)
  await alone.return?.()
})

test('writes in many small pieces, within about a second', async () => {
  const request = { ...emptyRequest, question: 'How do I reset my password?', sources: [password] }
  const started = performance.now()
  const pieces: string[] = []
  for await (const output of new ExtractiveGenerator({ embedder: null }).generate(request, { signal: new AbortController().signal }))
    if (output.type === 'text') pieces.push(output.text)
  expect(pieces.length).toBeGreaterThan(8)
  expect(performance.now() - started).toBeGreaterThan(100)
  expect(performance.now() - started).toBeLessThan(2500)
})
