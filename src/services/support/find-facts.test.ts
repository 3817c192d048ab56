import { expect, test } from 'vitest'
import { findFacts, KnownFacts, locateFacts, missingFacts } from './find-facts.ts'

const source =
  'Unworn items can be returned within 30 days. Express takes 2-3 business days and costs $1,000.50. Open https://northwind.example/returns or write to help@northwind.example. Points expire after 24 months, on December 31.'
const missing = (text: string) => missingFacts(text, [source]).map((fact) => fact.text)

test.each([
  'You have 30 days.',
  'You have thirty days for it.',
  'It is a 30-day window.',
  'It takes 2 to 3 business days.',
  'That is $1000.50.',
  'See northwind.example/returns.',
  'Write to HELP@northwind.example!',
  'They lapse on December 31.',
  'One of our people looks at it in a moment.',
])('finds all of %j in the source', (text) => {
  expect(missing(text)).toEqual([])
})

test.each([
  ['You have 45 days.', '45 days'],
  ['You have 30 months.', '30 months'],
  ['You have one hour.', 'one hour'],
  ['It costs $30.', '$30'],
  ['That is 24%.', '24%'],
  ['Write to refunds@northwind.example.', 'refunds@northwind.example'],
  ['Go to https://northwind.example/refunds.', 'https://northwind.example/refunds'],
  ['They lapse on March 31.', 'March 31'],
])('misses in %j what the source has not', (text, fact) => {
  expect(missing(text)).toEqual([fact])
})

test('takes a phone number for one fact, however it is written', () => {
  expect(missing('Call +1 555 1234 or write.')).toEqual(['+1 555 1234'])
  expect(missingFacts('Call (614) 555-0123.', ['Our number is +1 614-555-0123.'])).toEqual([])
  expect(missingFacts('It takes 7-10 business days.', ['7 to 10 business days'])).toEqual([])
})

test.each([
  ['It is 12,50 EUR.', '€12.50'],
  ['It is EUR12.50.', '12.50 euros'],
  ['That is forty-five days.', '45 days'],
  ['That is one hundred and twenty points.', '120 points'],
  ['A 24h service.', 'within 24 hours'],
  ['It is 1.250.000 points.', '1,250,000 points'],
  ['By the 3rd of May.', 'May 3'],
  ['By 05/03.', '3 May'],
  ['By 5/3/2031.', 'May 3, 2031'],
  ['By 2031-05-03.', 'the third of May 2031'],
  ['Bis zum 3. Mai.', 'until May 3'],
  ['We open on Tuesday.', 'Monday to Friday'],
  ['At 17:00.', '5 p.m.'],
  ['Until 2 PM.', '2 p.m. Eastern'],
  ['Within an hour.', '1 hour'],
  ['Within ３０ days, or ٣٠ days.', '30 days'],
  ['𝟑𝟎 days', 'thirty days'],
  ['Call 0800 123 4567.', 'tel. 0800-123-4567'],
  ['Call (020) 7946 0958.', '+44 20 7946 0958'],
  ['12 Harbour St., Portland', '12 Harbour Street, Portland'],
  ['Use SAVE20.', 'The code is SAVE20.'],
  ['help [at] a.example', 'help@a.example'],
  ['https://www.a.example/b/', 'See a.example/b/c.'],
])('reads %j as %j', (text, source) => {
  expect(findFacts(text)).not.toEqual([])
  expect(missingFacts(text, [source])).toEqual([])
})

test.each([
  ['It is €12.50.', '$12.50'],
  ['It is 12.50 EUR.', '12 euros and 50 people'],
  ['By May 31.', 'May 3 and December 31'],
  ['By 05/04.', 'May 3'],
  ['On Sunday.', 'Monday to Saturday'],
  ['At 18:00.', '5 p.m.'],
  ['forty-five days', '40 to 5 days'],
  ['It takes 3 days.', '1. Open it.\n2. Press it.\n3. Wait.'],
  ['14 Harbour Street', '12 Harbour Street, 14 days'],
  ['12 Station Road', '12 Harbour Street'],
  ['https://a.example@b.example/x', 'https://a.example'],
  ['a.example.b.ru', 'https://a.example'],
  ['https://a.example/?token=1', 'https://a.example/'],
  ['аpple.example', 'apple.example'],
  ['![](https://b.example/p.png)', 'See p.png.'],
  ['ftp://b.example', 'https://a.example'],
  ['SAVE30', 'SAVE20'],
  ['2 million dollars', '2 dollars'],
  ['返金は88日以内です', '30日以内'],
  ['次を開くhttps://b.example/x', 'https://a.example'],
])('does not take %j for %j', (text, source) => {
  expect(missingFacts(text, [source])).not.toEqual([])
})

test.each([
  'You may march on.',
  'One of the two of you, e.g. Ann, i.e. me.',
  'See invoice.pdf at noon.',
  'Wait a second.',
  'Yes.Then no.',
  '1. Open it.',
])('finds nothing exact in %j', (text) => {
  expect(findFacts(text)).toEqual([])
})

test('says where a fact stands, in the text as it was given', () => {
  const text = '𝟑𝟎 days or ３１ days, on May 3.'
  expect(locateFacts(text).map(({ start, end }) => text.slice(start, end))).toEqual(['𝟑𝟎 days', '３１ days', 'May 3'])
})

test('takes no link and no e-mail address from what was only said', () => {
  const known = new KnownFacts([], ['Order 48213: refund $30 to me@b.example, see https://b.example/x'])
  const missing = missingFacts('For order 48213 we refund $30 to me@b.example, see b.example/x and b.example.', known)
  expect(missing.map(({ text }) => text)).toEqual(['me@b.example', 'b.example/x', 'b.example'])
})

const pieces = 'a- a. a@ 1, 1. 1- a@a. www. a/ 1: 1:1 05/03/ (1) A1 A1- a:// １ ٣ ﷺ 𝟏 1x 2026-05- [at] | @ USD Aaaastraße 1'.split(' ')
const spaced = [
  '$ ',
  '1 May ',
  '+1 ',
  'one ',
  '1 (',
  'one hundred and ',
  'Aa Street ',
  'Aa ',
  'x at ',
  'x [at] x [dot] ',
  'Monday to ',
  'half a ',
  'in May ',
  'P.O. Box ',
]
test.each([...pieces, ...spaced, ' ', 'twenty-', '1st of ', '1 to 1 ', 'SW1A ', '\n1. ', `${'1'.repeat(45)}x `, '1 1 1 1 1 1 1 1 1x '])(
  'reads 20,000 characters of %j in no time',
  (piece) => {
    const text = `${piece.repeat(20_000 / piece.length)}x`
    // Under 30 ms on an idle machine; the square of the length would take seconds.
    expect(fastestOfFive(() => findFacts(text))).toBeLessThan(100)
  },
)

test('compares many addresses with many', () => {
  const text = Array.from({ length: 1_000 }, (_, index) => `a${index}.example/x`).join(' ')
  const other = text.replaceAll('/x', '/y')
  expect(missingFacts(text, [other])).toHaveLength(1_000)
  expect(fastestOfFive(() => missingFacts(text, [other]))).toBeLessThan(50)
})

// What else the machine does, and what is compiled first, is no part of it.
function fastestOfFive(work: () => unknown): number {
  const times = Array.from({ length: 5 }, () => {
    const before = process.cpuUsage().user
    work()
    return (process.cpuUsage().user - before) / 1_000
  })
  return Math.min(...times)
}
