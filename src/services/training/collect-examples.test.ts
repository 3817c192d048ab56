import { expect, it } from 'vitest'
import { capShares, split } from './collect-examples.ts'

const row = (id: string, customerId: string, change: object = {}) => ({
  id,
  customerId,
  heldOut: false,
  splitAt: null,
  isMustPass: false,
  processed: false,
  ...change,
})
const frozen = { splitAt: new Date() }

it('holds out the newest fifth of the new customers, with all they asked', () => {
  const rows = ['a', 'b', 'c', 'd', 'e'].flatMap((customer) => [row(`${customer}1`, customer), row(`${customer}2`, customer)])
  expect([...split(rows)].sort()).toEqual(['e1', 'e2'])
  expect(split(rows.slice(0, 8)).size).toBe(0)
})

it('never moves a customer to the other side', () => {
  const before = [row('a1', 'a', frozen), row('b1', 'b', { ...frozen, heldOut: true })]
  const later = [row('a2', 'a'), row('b2', 'b'), row('c1', 'c'), row('d1', 'd')]
  expect([...split([...before, ...later])].sort()).toEqual(['b1', 'b2'])
})

it('holds out what must pass, and never measures with what it learned from', () => {
  expect([...split([row('a1', 'a', { isMustPass: true }), row('b1', 'b', { isMustPass: true, processed: true })])]).toEqual(['a1'])
})

it('takes of no agent more than a share, from three agents on', () => {
  const of = (counts: Record<string, number>) =>
    Object.entries(counts).flatMap(([agentId, count]) => Array.from({ length: count }, (_, index) => ({ agentId, id: `${agentId}${index}` })))
  expect(capShares(of({ ann: 90, bob: 10 })).surplus).toBe(0)
  const { taken, surplus } = capShares(of({ ann: 80, bob: 10, cy: 10 }))
  expect(surplus).toBe(40)
  expect(taken.filter(({ agentId }) => agentId === 'ann')).toHaveLength(40)
  expect(capShares(of({ ann: 1, bob: 1, cy: 1 })).surplus).toBe(0)
})
