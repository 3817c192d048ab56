import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { schema } from '../src/schema/index.ts'

const root = new URL('../', import.meta.url).pathname
const read = (path: string) => readFileSync(`${root}${path}`, 'utf8')

/** What stands in the source as a code, and is none of Node's or of a socket. */
function codesInSource(): string[] {
  const files = globSync('src/**/*.ts', { cwd: root, exclude: ['src/generated/**', 'src/**/*.test.ts'] })
  // A code that stands alone on its line, after what it belongs to.
  const lines = files.flatMap((file) =>
    read(file)
      .replace(/\(\s*\n\s*/g, '(')
      .split('\n'),
  )
  const about = lines.filter((line) => /\b(code|refusal)\b/i.test(line) && !/^\s*(\*|\/\/|description:)/.test(line))
  const named = about.flatMap((line) => [...line.matchAll(/(?<!=== |status: )'([A-Z][A-Z_]{5,})'/g)].map(([, code]) => code!))
  return named.filter((code) => !code.startsWith('ERR_') && (code.includes('_') || !/^E[A-Z]+$/.test(code)))
}

/** Of the library that answers before our code does; uploads are switched off, and bodies have our limit. */
function codesOfYoga(): string[] {
  const files = globSync('node_modules/graphql-yoga/esm/**/*.js', {
    cwd: root,
    exclude: ['**/post-multipart.js', '**/use-limit-request-body-size.js'],
  })
  return files.flatMap((file) => [...read(file).matchAll(/code: '([A-Z_]+)'/g)].map(([, code]) => code!))
}

it('docs/frontend.md lists every code that a client can meet', () => {
  const ofUnions = (schema.getType('ErrorCode') as unknown as { getValues(): { name: string }[] }).getValues().map(({ name }) => name)
  const ours = codesInSource()
  expect(ours).toEqual(expect.arrayContaining(['IDEMPOTENCY_CONFLICT', 'ANSWER_NOT_KEPT', 'UNAVAILABLE', 'RATE_LIMITED', 'TIMEOUT', 'CONFLICT']))
  expect(codesOfYoga()).toContain('BAD_REQUEST')
  const docs = read('docs/frontend.md')
  const missing = [...new Set([...ours, ...ofUnions, ...codesOfYoga()])].filter((code) => !docs.includes(`\`${code}\``))
  expect(missing).toEqual([])
})
