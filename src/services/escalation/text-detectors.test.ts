import { describe, expect, it } from 'vitest'
import { asksForPerson } from './asks-for-person.ts'
import { mentionsLawOrSafety } from './mentions-law-or-safety.ts'
import { soundsAngry } from './sounds-angry.ts'
import { soundsUrgent } from './sounds-urgent.ts'

describe('asksForPerson', () => {
  it.each([
    'I want to talk to a real person, please.',
    'human agent',
    'I don’t want to chat with a bot.',
    'Transfer me to the billing team.',
    'can u call me pls',
    'can a human look at this',
    'I ordered the red tent in May and it came in green. Since I am moving house next week, please let me talk to a person. My order is 1042.',
    'can i speek to a persn',
    'give me a humna please',
    'transfer me to a represetative',
    'tlak to a real perosn',
    'I want to speak to the person who can approve refunds',
    'I spoke to the man who delivered it. Now let me talk to a human.',
    'Ich möchte bitte mit einem Menschen sprechen.',
    'Können Sie mich mit einem Mitarbeiter verbinden?',
    'Je voudrais parler à un conseiller',
    'Puis-je parler avec une vraie personne ?',
    'Quiero hablar con una persona',
    '¿Puedo hablar con alguien?',
    'Vorrei parlare con un operatore',
    'Quero falar com um atendente',
    'Kan ik een medewerker spreken? Ik wil met een mens praten',
    'Chcę porozmawiać z konsultantem',
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
    'Should I talk to the person who delivered it?',
    'Can I speak to the person that sold me the tent last year?',
    'I talked to a person at the depot and got my parcel.',
    'How do I assign a task to a person?',
    'Wie spreche ich den Namen der Firma aus?',
    'Mit welcher Person ist mein Konto verknüpft?',
    'Is this for one person or for two people?',
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
    'I am so unhappy with you, this is a sad, miserable mess',
    'Your staff was rude and arrogant',
    'You ruined everything 😡😡',
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
    'My parcel is lost and the box it was sent in is damaged.',
    'I was charged twice, is there a problem?',
    'Not bad at all, I like it.',
    'someone stole my account',
  ])('sees none in %j', (text) => {
    expect(soundsAngry(text)).toBe(false)
  })
})

describe('soundsUrgent', () => {
  it.each([
    'I need this asap',
    'This is URGENT',
    'My flight leaves tomorrow and the bag is not here',
    'I must have it by friday',
    'Can you answer within two hours? I have to leave tonight.',
    "I can't wait any longer",
  ])('sees it in %j', (text) => {
    expect(soundsUrgent(text)).toBe(true)
  })
  it.each([
    'Are you open today?',
    'Do you sell emergency blankets?',
    'It is not urgent, whenever you have time.',
    'Which day is it delivered on?',
    'How long does an urgent delivery take?',
    'I ordered yesterday.',
  ])('sees none in %j', (text) => {
    expect(soundsUrgent(text)).toBe(false)
  })
})

it('needs less anger of somebody in a hurry', () => {
  const text = 'Terrible delays.'
  expect([soundsAngry(text), soundsAngry(text, { isUrgent: true })]).toEqual([false, true])
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
  for (const text of texts) for (const detect of [asksForPerson, mentionsLawOrSafety, soundsAngry, soundsUrgent]) detect(text)
  expect(performance.now() - startedAt).toBeLessThan(5_000)
})
