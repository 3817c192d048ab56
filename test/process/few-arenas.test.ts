import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'

const program = 'console.log(JSON.stringify({ pid: process.pid, given: process.argv.slice(1), arenas: process.env.MALLOC_ARENA_MAX }))'

async function start(environment: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', './bin/few-arenas.mjs', '--eval', program, '--', 'one two', '--three'], {
    cwd: new URL('../../', import.meta.url),
    env: { PATH: process.env.PATH, ...environment },
  })
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  expect(errors).toBe('')
  return { started: child.pid, seen: JSON.parse(output) as { pid: number; given: string[]; arenas?: string } }
}

describe.runIf(process.platform === 'linux')('a process that is to have few arenas', () => {
  it('begins again with that setting, under the same id and with what it was given', async () => {
    const { started, seen } = await start({})
    expect(seen).toEqual({ pid: started, given: ['one two', '--three'], arenas: '2' })
  })

  it('leaves alone what the operator has set', async () => {
    expect((await start({ MALLOC_ARENA_MAX: '8' })).seen.arenas).toBe('8')
    expect((await start({ MALLOC_TRIM_THRESHOLD_: '1000000' })).seen.arenas).toBeUndefined()
  })
})
