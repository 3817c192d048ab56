import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { runTrainer, type TrainerLine } from './trainer.ts'

const folder = mkdtempSync(join(tmpdir(), 'understudy-trainer-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A program that keeps to the protocol, or does not. */
function program(name: string, body: string): string {
  const path = join(folder, name)
  writeFileSync(path, `#!/bin/sh\n${body}\n`)
  chmodSync(path, 0o755)
  return path
}
const run = (command: string, args: string[] = [], signal = AbortSignal.timeout(20_000), onLine?: (line: TrainerLine) => void) =>
  runTrainer(command, args, { cwd: folder, signal, ...(onLine && { onLine }) })

it('hands on each line, and returns the last', async () => {
  const lines: TrainerLine[] = []
  const command = program('well', `echo '{"type":"progress","done":1}'; echo 'no JSON'; echo "{\\"type\\":\\"result\\",\\"arguments\\":\\"$*\\"}"`)
  expect(await run(command, ['train', '--epochs', '3; rm -rf /'], undefined, (line) => lines.push(line))).toEqual({
    type: 'result',
    arguments: 'train --epochs 3; rm -rf /',
  })
  expect(lines).toEqual([{ type: 'progress', done: 1 }])
})

it('knows none of the server’s secrets', async () => {
  process.env.BOOTSTRAP_ADMIN_KEY_FOR_TEST = 'secret'
  const command = program(
    'nosy',
    `echo "{\\"type\\":\\"result\\",\\"key\\":\\"$BOOTSTRAP_ADMIN_KEY_FOR_TEST\\",\\"offline\\":\\"$HF_HUB_OFFLINE\\"}"`,
  )
  expect(await run(command)).toMatchObject({ key: '', offline: '1' })
  delete process.env.BOOTSTRAP_ADMIN_KEY_FOR_TEST
})

it.each([
  ['says what the trainer says', `echo '{"type":"error","code":"NAN_LOSS","message":"The loss is no number."}'; exit 4`, 'NAN_LOSS', 'no number'],
  ['tells of memory when the system ended it', 'kill -9 $$', 'OUT_OF_MEMORY', 'want of memory'],
  ['quotes the log of one that ends without a word', 'echo "ModuleNotFoundError: torch" >&2; exit 1', 'TRAINER_FAILED', 'ModuleNotFoundError: torch'],
  ['knows one that was stopped', 'kill -15 $$', 'STOPPED', 'stopped'],
] as const)('%s', async (name, body, code, message) => {
  await expect(run(program(name.replaceAll(' ', '-'), body))).rejects.toMatchObject({ code, message: expect.stringContaining(message) })
})

it('says how to install one that is missing', async () => {
  await expect(run(join(folder, 'nobody'))).rejects.toMatchObject({
    code: 'TRAINER_NOT_INSTALLED',
    message: expect.stringContaining('pip install ./trainer'),
  })
})

it('asks it to stop when the run is aborted', async () => {
  const stopping = new AbortController()
  const command = program('long', `trap 'echo stopped > ${folder}/stopped; exit 6' TERM; echo '{"type":"progress"}'; while :; do sleep 0.05; done`)
  await expect(run(command, [], stopping.signal, () => stopping.abort(new Error('cancelled')))).rejects.toThrow('cancelled')
})
