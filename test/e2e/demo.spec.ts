import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { compiled } from '../support/launch.ts'

interface Line {
  event: string
  [field: string]: unknown
}

async function runDemo(): Promise<{ code: number; lines: Line[]; errors: string }> {
  const child = spawn(process.execPath, ['--import', './bin/require-node.mjs', 'demo/main.ts', '--json'], {
    cwd: new URL('../../', import.meta.url),
    env: { PATH: process.env.PATH, ...compiled, HOME: process.env.HOME, GENERATOR: 'extractive' },
  })
  let output = ''
  let errors = ''
  child.stdout.on('data', (data: Buffer) => {
    output += data
  })
  child.stderr.on('data', (data: Buffer) => {
    errors += data
  })
  const [code] = (await once(child, 'close')) as [number]
  const lines = output.split('\n').filter((line) => line.startsWith('{"event"'))
  return { code, lines: lines.map((line) => JSON.parse(line) as Line), errors }
}

// The promise of the README: two commands, and a reply is drafted from real articles.
describe('npm run demo', () => {
  it('plays three conversations and ends well', async () => {
    const { code, lines, errors } = await runDemo()
    expect(errors).toBe('')
    expect(code).toBe(0)
    const completed = lines.filter(({ __typename }) => __typename === 'DraftCompleted').map((line) => line.draft as Record<string, any>)
    expect(lines.filter(({ event }) => event === 'scene')).toHaveLength(3)
    expect(completed).toHaveLength(4)

    const [refund, , followUp, person] = completed
    expect(
      refund!.citations.filter(({ used }: { used: boolean }) => used).map(({ article }: { article: { title: string } }) => article.title),
    ).toContain('Return & Refund Policy')
    expect(refund!.support.score).toBeGreaterThan(0.8)
    expect(followUp!.retrieval.queries.length).toBeGreaterThan(1)
    expect(followUp!.citations[0].article.slug).toBe('reset-your-password')
    expect(person!.escalation).toMatchObject({ recommended: true })
    expect(person!.escalation.reasons).toContain('CUSTOMER_ASKED')

    const sent = lines.filter(({ event }) => event === 'sent').map(({ kind }) => kind)
    expect(sent).toEqual(['FINAL', 'FINAL', 'AGENT_EDITED', 'AGENT_ONLY'])
    expect(lines.at(-1)).toMatchObject({ event: 'end' })
    expect(lines.at(-1)!.seconds).toBeGreaterThan(0)
  })
})
