import { expect, it } from 'vitest'
import { isGreeting } from './is-greeting.ts'

it.each(['Hi', 'hello there!', 'Good morning, team', 'Hey hey', '👍', '🙂🙂', '...', 'HELLO!!'])('%s is one', (text) => {
  expect(isGreeting(text)).toBe(true)
})

it.each(['Hi, where is my parcel', 'hello?', '??', 'Hi 1042', 'refund', 'Hey, I need a person', '', 'Higher limits', '返品'])(
  '%s is none',
  (text) => {
    expect(isGreeting(text)).toBe(false)
  },
)
