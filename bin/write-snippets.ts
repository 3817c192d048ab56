import { readFileSync, writeFileSync } from 'node:fs'
import { insertSnippets } from './insert-snippets.ts'

// The snippets of docs/clients.md are the code that test/clients runs.
const root = new URL('../', import.meta.url)
const page = new URL('docs/clients.md', root)
writeFileSync(
  page,
  insertSnippets(readFileSync(page, 'utf8'), (file) => readFileSync(new URL(file, root), 'utf8')),
)
