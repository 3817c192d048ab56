import { globSync, readFileSync } from 'node:fs'
import { parse, validate } from 'graphql'
import { expect, it } from 'vitest'
import { schema } from '../src/schema/index.ts'

const root = new URL('../', import.meta.url).pathname

it('every operation in README.md and docs is valid', () => {
  const files = ['README.md', ...globSync('docs/*.md', { cwd: root })]
  const blocks = files.flatMap((file) =>
    [...readFileSync(`${root}${file}`, 'utf8').matchAll(/```graphql\n([^]*?)```/g)].map(([, text]) => ({ file, text: text! })),
  )
  expect(blocks.length).toBeGreaterThan(5)
  const wrong = blocks.flatMap(({ file, text }) => validate(schema, parse(text)).map(({ message }) => `${file}: ${message}`))
  expect(wrong).toEqual([])
})
