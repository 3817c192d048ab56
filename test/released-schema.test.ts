import { readFileSync } from 'node:fs'
import { type Change, CriticalityLevel, diff } from '@graphql-inspector/core'
import { buildSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import { acceptedChanges } from './released/accepted-changes.ts'

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
const breakingIn = (changes: Change[]) => changes.filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)

describe('the schema, beside the one that was released', () => {
  it('breaks no client but where that was decided', async () => {
    const changes = await diff(buildSchema(read('released/schema.graphql')), buildSchema(read('../schema.graphql')))
    const dangerous = changes.filter(({ criticality }) => criticality.level === CriticalityLevel.Dangerous)
    if (dangerous.length > 0) console.warn(`Dangerous changes since the release:\n${dangerous.map(({ message }) => `- ${message}`).join('\n')}`)
    const accepted = new Set(acceptedChanges.map(({ path }) => path))
    const breaking = breakingIn(changes)
    expect(
      breaking.filter(({ path }) => !accepted.has(path ?? '')).map(({ path, message }) => `${path}: ${message}`),
      'Keep what was there and deprecate it, or write into tes./released/accepted-changes.ts why it may break.',
    ).toEqual([])
    const happened = new Set(breaking.map(({ path }) => path))
    expect(
      [...accepted].filter((path) => !happened.has(path)),
      'Accepted, and not there: take it off the list.',
    ).toEqual([])
  })

  it('has a reason and a date for each break', () => {
    for (const { path, date, reason } of acceptedChanges) {
      expect(date, path).toMatch(/^\d{4}-\d\d-\d\d$/)
      expect(reason.length, path).toBeGreaterThan(20)
    }
  })

  it.each([
    ['a field that is gone', 'type Query { a: Int b: Int }', 'type Query { a: Int }'],
    ['an input that is needed now', 'type Query { a(b: Int): Int }', 'type Query { a(b: Int!): Int }'],
    ['a value that is gone', 'enum E { A B } type Query { a: E }', 'enum E { A } type Query { a: E }'],
    ['a result that may be null now', 'type Query { a: Int! }', 'type Query { a: Int }'],
  ])('would find %s', async (_what, before, after) => {
    expect(breakingIn(await diff(buildSchema(before), buildSchema(after)))).toHaveLength(1)
  })
})
