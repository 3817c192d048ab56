import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { insertSnippets } from '../bin/insert-snippets.ts'

const read = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')

it('docs/clients.md shows the code that test/clients runs; npm run generate puts it there', () => {
  const page = read('docs/clients.md')
  expect(page.match(/<!-- snippet /g)).toHaveLength(12)
  expect(page).toBe(insertSnippets(page, read))
})

it('a snippet is its region without the indent, or the whole file', () => {
  const files: Record<string, string> = { 'a.ts': 'x\n  // #region one\n  y {\n    z\n  }\n  // #endregion\n', 'b.json': '{}\n' }
  const page = 'before\n<!-- snippet a.ts one -->\nold\n<!-- /snippet -->\n<!-- snippet b.json -->\n<!-- /snippet -->\nafter'
  const expected =
    'before\n<!-- snippet a.ts one -->\n```ts\ny {\n  z\n}\n```\n<!-- /snippet -->\n<!-- snippet b.json -->\n```json\n{}\n```\n<!-- /snippet -->\nafter'
  expect(insertSnippets(page, (file) => files[file]!)).toBe(expected)
  expect(() => insertSnippets(page.replace('one', 'two'), (file) => files[file]!)).toThrow('a.ts has no region two')
})
