import { describe, expect, it } from 'vitest'
import { asksForPerson } from './asks-for-person.ts'
import { mentionsLawOrSafety } from './mentions-law-or-safety.ts'
import { soundsAngry } from './sounds-angry.ts'

describe('asksForPerson', () => {
  it.each([
    'I want to talk to a real person, please.',
    'human agent',
    'I don’t want to chat with a bot.',
    'Transfer me to the billing team.',
    'can u call me pls',
  ])('sees it in %j', (text) => {
    expect(asksForPerson(text)).toBe(true)
  })
  it.each([
    'No need to call me back, the email is fine.',
    "I don't need to speak to anyone, just tell me the hours.",
    'Can I speak French in the course?',
    'We need to talk about returns: how long do I have?',
    'How many human agents can share an inbox?',
    'Does the driver call me before the delivery?',
  ])('sees none in %j', (text) => {
    expect(asksForPerson(text)).toBe(false)
  })
})

describe('mentionsLawOrSafety', () => {
  it.each([
    'My lawyer will contact you.',
    'I will take you to small claims court.',
    'The stove exploded.',
    'I got an electric shock.',
    'I want to kill myself',
    'My account was hacked.',
    'someone stole my account',
    'Someone placed orders with my account!',
    'There is an unauthorised charge on my card',
    'I see a payment of 40 euros that I never made.',
    'A stranger has logged in to our billing account.',
    'My bank account has been emptied without my permission',
  ])('sees it in %j', (text) => {
    expect(mentionsLawOrSafety(text)).toBe(true)
  })
  it.each([
    'Do you stock legal size paper?',
    'Do you sell contact lenses?',
    'Which fire pit is the largest?',
    'A burning question: when is the sale?',
    'Do you have it in suede?',
    'Can someone help me with my account?',
    'How do you prevent unauthorized access?',
    'Can I place an order with my business account?',
    'Someone gave me a gift card, how do I use it with my account?',
    'How do I change the password of my account?',
  ])('sees none in %j', (text) => {
    expect(mentionsLawOrSafety(text)).toBe(false)
  })
})

describe('soundsAngry', () => {
  it.each([
    "I'M SICK OF THIS!!!",
    'You lot are a bunch of crooks',
    'This is absolutely ridiculous',
    'Worst company ever',
    'This is the 7th time you cancelled',
  ])('sees it in %j', (text) => {
    expect(soundsAngry(text)).toBe(true)
  })
  it.each([
    "I'm not angry, just curious.",
    'CAN I PAY WITH MAESTRO',
    'Great!!! It works now, thanks!!!',
    'I hate to ask again, but is breakfast included?',
    'The terrible weather delayed us.',
    'someone stole my account',
  ])('sees none in %j', (text) => {
    expect(soundsAngry(text)).toBe(false)
  })
})

it('answers within milliseconds whatever a customer pastes', () => {
  const texts = [
    'a '.repeat(10_000),
    'talk to the your some '.repeat(900),
    'you '.repeat(5_000),
    '!'.repeat(20_000),
    'helped me '.repeat(2_000),
    'spoke with x '.repeat(1_500),
  ]
  const startedAt = performance.now()
  for (const text of texts) for (const detect of [asksForPerson, mentionsLawOrSafety, soundsAngry]) detect(text)
  expect(performance.now() - startedAt).toBeLessThan(5_000)
})
