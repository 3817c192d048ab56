import { expect, test } from 'vitest'
import { uuid7 } from './uuid7.ts'

test('ids are UUIDs of version 7 and sort as they were made', () => {
  const before = Date.now()
  const ids = Array.from({ length: 10_000 }, uuid7)
  expect([...ids].sort()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.filter((id) => !/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toEqual([])
  expect(Number.parseInt(ids[0]!.replace('-', '').slice(0, 12), 16)).toBeGreaterThanOrEqual(before)
})
