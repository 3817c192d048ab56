import { expect, it, vi } from 'vitest'
import type { Database } from '../../stores/database.ts'
import { createLocalWakeUps } from '../../stores/wake-ups.ts'
import { knownKeys } from './known-keys.ts'
import { accessTopic } from './live-rights.ts'
import type { Viewer } from './viewer.ts'

const viewer = { callerId: 'key', expiresAt: null } as Viewer
const open = () => {
  const wakeUps = createLocalWakeUps()
  return { wakeUps, keys: knownKeys({ database: {} as Database, wakeUps }) }
}

it('reads a key once for many requests, and again after any key was revoked', async () => {
  const { wakeUps, keys } = open()
  const read = vi.fn(async () => viewer)
  await keys.get('hash', read)
  expect(await keys.get('hash', read)).toBe(viewer)
  expect(read).toHaveBeenCalledTimes(1)
  wakeUps.notify(accessTopic)
  expect(await keys.get('hash', async () => null)).toBeNull()
})

it('remembers nothing that was read while a key was being revoked', async () => {
  const { wakeUps, keys } = open()
  await keys.get('hash', async () => {
    wakeUps.notify(accessTopic)
    return viewer
  })
  expect(await keys.get('hash', async () => null)).toBeNull()
})

it('lets no key live longer than its time', async () => {
  const { keys } = open()
  await keys.get('hash', async () => ({ ...viewer, expiresAt: new Date(Date.now() - 1) }))
  expect(await keys.get('hash', async () => null)).toBeNull()
})
