import { expect, test } from 'vitest'
import type { Role } from '../../generated/prisma/client.ts'
import type { Viewer } from '../access/viewer.ts'
import { isExposed } from './record-exposure.ts'

const viewer = (role: Role) => ({ role }) as Viewer

test.each([
  ['AGENT', { status: 'READY', variantId: 'a' }, true],
  ['ADMIN', { status: 'READY', variantId: 'a' }, true],
  // What a partner or a customer reads, nobody acts by.
  ['PARTNER', { status: 'READY', variantId: 'a' }, false],
  ['AGENT', { status: 'READY', variantId: null }, false],
  // Not finished, or looked at afterwards.
  ['AGENT', { status: 'STREAMING', variantId: 'a' }, false],
  ['AGENT', { status: 'SUPERSEDED', variantId: 'a' }, false],
] as const)('read by %s, %j counts: %s', (role, draft, counts) => {
  expect(isExposed(viewer(role), draft)).toBe(counts)
})
