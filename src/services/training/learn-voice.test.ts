import { expect, it } from 'vitest'
import { learnVoice } from './learn-voice.ts'

const reply = (greeting: string, signOff: string) => `${greeting}\n\nYou have 30 days to send it back.\n\n${signOff}`

it('is what most replies have in common', () => {
  const replies = [...Array.from({ length: 5 }, () => reply('Hello there,', '— Your Acme team')), reply('Hey,', '— Bob')]
  expect(learnVoice(replies)).toEqual({ greeting: 'Hello there,', signOff: '— Your Acme team' })
})

it.each([
  ['too few replies', Array.from({ length: 4 }, () => reply('Hello there,', '— Your Acme team'))],
  ['names', ['Ann', 'Bob', 'Cy', 'Dee', 'Eve', 'Flo'].map((name) => reply(`Hi ${name},`, '— Your Acme team'))],
  ['replies without either', Array.from({ length: 8 }, (_, index) => `You have ${index} days.\nSend it back.\nThat is all.`)],
])('is not known from %s', (_, replies) => {
  expect(learnVoice(replies)).toBeNull()
})
