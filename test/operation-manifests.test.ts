import { createHash } from 'node:crypto'
import { buildSchema, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { readManifest } from '../bin/operations/read-manifest.ts'
import { whatBreaks } from '../bin/operations/what-breaks.ts'

const digest = (algorithm: string, body: string) => createHash(algorithm).update(body).digest('hex')
const body = 'query Who { viewer { name } }\n# été'
const hash = digest('sha256', body)

describe('a manifest', () => {
  const formats: [string, unknown][] = [
    ['a map of hash and text', { [hash]: body }],
    ['the map of GraphQL Code Generator', { [`sha256:${hash}`]: body }],
    ['the map of relay-compiler with SHA256', { [hash.toUpperCase()]: body }],
    [
      'the manifest of Apollo',
      { format: 'apollo-persisted-query-manifest', version: 1, operations: [{ id: hash, name: 'Who', type: 'query', body }] },
    ],
  ]
  it.each(formats)('is read when it is %s', (_name, manifest) => {
    expect(readManifest(JSON.stringify(manifest))).toEqual([{ hash: `sha256:${hash}`, body }])
  })

  const wrong: [string, unknown, RegExp][] = [
    ['the MD5 of relay-compiler', { [digest('md5', body)]: body }, /persistConfig/],
    ['the SHA-1 of GraphQL Code Generator', { [digest('sha1', body)]: body }, /hashAlgorithm/],
    [
      'ids of another kind',
      { format: 'apollo-persisted-query-manifest', version: 1, operations: [{ id: 'Who-1', body }] },
      /Who-1 is not the SHA-256/,
    ],
    ['the hash of another text', { [hash]: `${body} ` }, /not the SHA-256/],
    ['a map of something else', { [hash]: { body } }, /text of .* is missing/],
    ['a list', [body], /no manifest/],
    ['null', null, /no manifest/],
    ['nothing', {}, /no operation/],
  ]
  it.each(wrong)('is refused when it has %s', (_name, manifest, message) => {
    expect(() => readManifest(JSON.stringify(manifest))).toThrow(message)
  })

  it('is refused when it is no JSON, and knows no operation named __proto__', () => {
    expect(() => readManifest('query')).toThrow(/no JSON/)
    expect(() => readManifest(`{"__proto__": ${JSON.stringify(body)}}`)).toThrow(/__proto__ is not the SHA-256/)
  })
})

describe('a changed schema', () => {
  const sdl = `
    type Query { item(filter: Filter, id: ID): Item  items: [Item!]! }
    type Item { id: ID!  name: String!  note: String }
    input Filter { kind: Kind  text: String  inner: Filter }
    enum Kind { A B }
  `
  const operation = parse('query Get($filter: Filter) { item(filter: $filter) { id name note } items { id } }')
  const breaks = (from: string | RegExp, to: string) => whatBreaks(operation, { before: buildSchema(sdl), after: buildSchema(sdl.replace(from, to)) })

  const breaking: [string, string | RegExp, string, string][] = [
    ['takes a field away', 'name: String!', 'title: String!', 'Cannot query field "name" on type "Item". Did you mean "note"? (line 1, column 57)'],
    ['gives it another type', 'name: String!', 'name: Int!', 'Item.name is Int!, and was String!'],
    ['lets it be null', 'name: String!', 'name: String', 'Item.name is String, and was String!'],
    ['makes no list of it', 'items: [Item!]!', 'items: Item!', 'Query.items is Item!, and was [Item!]!'],
    ['lets what is in a list be null', 'items: [Item!]!', 'items: [Item]!', 'Query.items is [Item]!, and was [Item!]!'],
    ['requires more of an input', 'text: String', 'text: String  more: Int!', 'Filter.more is new and required'],
    ['requires a field of an input', 'text: String', 'text: String!', 'Filter.text takes String!, and took String'],
    ['takes a field of an input away', 'text: String', '', 'Filter.text is gone, and a variable may hold it'],
    ['takes a value away', 'A B', 'A', 'Kind.B is gone, and a variable may hold it'],
    ['requires an argument', 'id: ID)', 'id: ID!)', 'argument "id" of type "ID!" is required'],
  ]
  it.each(breaking)('breaks an operation when it %s', (_name, from, to, what) => {
    expect(breaks(from, to).join('\n')).toContain(what)
  })

  it.each([
    ['adds a field', 'note: String', 'note: String  more: Int'],
    ['never lets a field be null', 'note: String', 'note: String!'],
    ['adds an optional field to an input', 'text: String', 'text: String  more: Int! = 1'],
    ['adds a value', 'A B', 'A B C'],
    ['adds an optional argument', 'id: ID)', 'id: ID, more: Int)'],
  ])('breaks none when it %s', (_name, from, to) => {
    expect(breaks(from, to)).toEqual([])
  })
})
