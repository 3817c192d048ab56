import { afterAll, expect, it } from 'vitest'
import { killLaunched, runCommand } from '../support/launch.ts'

afterAll(killLaunched)

it('a short soak with cancels, cut sockets, second clicks and a kill -9 loses nothing', async () => {
  const { code, output } = await runCommand('bench/soak/main.ts', ['--drafts', '60', '--kills', '1', '--desks', '6'], {})
  expect(output).toMatch(/kill -9: 1; ready again after/)
  expect(output).toMatch(/acknowledged: \d{2} conversations, \d{2,3} customer messages, (6\d|7\d|8\d) drafts, \d{2} replies/)
  expect(output).toContain('Nothing was lost.')
  expect(code).toBe(0)
}, 600_000)
