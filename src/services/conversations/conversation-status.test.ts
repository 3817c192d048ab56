import { describe, expect, test } from 'vitest'
import { ConflictError, InvalidInputError } from '../errors.ts'
import { checkSnoozedUntil, isOver, nextStatus, type StatusChange } from './conversation-status.ts'

const statuses = ['OPEN', 'PENDING', 'SNOOZED', 'RESOLVED'] as const
const table: [StatusChange, (typeof statuses)[number] | null, ...((typeof statuses)[number] | null)[]][] = [
  // from:            OPEN        PENDING     SNOOZED     RESOLVED
  ['CUSTOMER_WRITES', 'OPEN', 'OPEN', 'OPEN', 'OPEN'],
  ['AGENT_REPLIES', 'PENDING', 'PENDING', 'PENDING', null],
  ['SNOOZE', 'SNOOZED', 'SNOOZED', 'SNOOZED', null],
  ['WAKE', null, null, 'OPEN', null],
  ['RESOLVE', 'RESOLVED', 'RESOLVED', 'RESOLVED', 'RESOLVED'],
  ['REOPEN', null, null, 'OPEN', 'OPEN'],
]

describe('status', () => {
  test.each(table)('%s goes where it may, and nowhere else', (change, ...outcomes) => {
    statuses.forEach((status, index) => {
      const outcome = outcomes[index]
      if (outcome) expect(nextStatus(change, status)).toBe(outcome)
      else expect(() => nextStatus(change, status)).toThrow(ConflictError)
    })
  })

  test('a refusal says what it is and what to do', () => {
    expect(() => nextStatus('SNOOZE', 'RESOLVED')).toThrow('The conversation is RESOLVED. Reopen it first, then snooze it.')
  })
})

describe('snoozing', () => {
  const now = new Date('2026-03-01T12:00:00Z')
  test.each(['2026-03-01T12:00:00.001Z', '2026-03-02T12:00:00Z', '2027-03-01T12:00:00Z'])('may end at %s', (until) => {
    expect(checkSnoozedUntil(new Date(until), now)).toEqual(new Date(until))
  })
  test.each(['2026-03-01T12:00:00Z', '2020-01-01T00:00:00Z', '2027-03-03T00:00:00Z', '9999-01-01T00:00:00Z'])('may not end at %s', (until) => {
    expect(() => checkSnoozedUntil(new Date(until), now)).toThrow(InvalidInputError)
  })
})

describe('the reopen window', () => {
  const now = new Date('2026-03-08T12:00:00Z')
  const resolved = (resolvedAt: string) => ({ status: 'RESOLVED' as const, resolvedAt: new Date(resolvedAt) })
  const windowMs = 7 * 86_400_000
  test('is open up to its last millisecond', () => {
    expect(isOver(resolved('2026-03-01T12:00:00Z'), { windowMs, now })).toBe(false)
    expect(isOver(resolved('2026-03-01T11:59:59.999Z'), { windowMs, now })).toBe(true)
  })
  test('closes no conversation that is not resolved', () => {
    expect(isOver({ status: 'PENDING', resolvedAt: new Date(0) }, { windowMs, now })).toBe(false)
  })
})
