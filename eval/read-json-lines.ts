import { existsSync, readFileSync } from 'node:fs'

/** Rows of a JSONL file, by its path from the repository's root. */
export function readJsonLines<Row>(path: string): Row[] {
  const url = new URL(`../${path}`, import.meta.url)
  if (!existsSync(url)) throw new Error(`${path} is missing; it belongs to the repository.`)
  return readFileSync(url, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row)
}
