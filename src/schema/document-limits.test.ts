import { type DocumentNode, getIntrospectionQuery, Kind, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { readContract } from '../../test/contract/read-contract.ts'
import { documentLimits } from './document-limits.ts'
import { schema } from './index.ts'
import { limitDocument } from './limit-document.ts'
import { measureDocument } from './measure-document.ts'
import { priceOperation } from './price-operation.ts'
import { priceRequest } from './price-request.ts'

describe('the limits of documents', () => {
  it.each(readContract())('let $name of the contract through, in each role', ({ definition, fragments }) => {
    const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [definition, ...fragments] }
    for (const role of ['ADMIN', 'AGENT', 'PARTNER', 'CUSTOMER'] as const) {
      expect(() => limitDocument(document, role)).not.toThrow()
      expect(priceOperation(schema, document)).toBeLessThan(documentLimits[role].cost)
    }
  })

  it('let introspection through for staff, and for nobody else', () => {
    const document = parse(getIntrospectionQuery())
    for (const role of ['ADMIN', 'AGENT'] as const) expect(() => limitDocument(document, role)).not.toThrow()
    for (const role of ['PARTNER', 'CUSTOMER'] as const) expect(() => limitDocument(document, role)).toThrow(/admins and agents/)
  })
})

it('clients that ask for __typename everywhere pay no more', () => {
  const bare = parse(
    'query Inbox($first: Int!) { conversations(first: $first) { edges { node { id ...C } } } } fragment C on Conversation { customer { id } }',
  )
  const named = parse(
    'query Inbox($first: Int!) { __typename conversations(first: $first) { __typename edges { __typename node { __typename id ...C } } } } fragment C on Conversation { __typename customer { __typename id } }',
  )
  expect(priceOperation(schema, named)).toBe(priceOperation(schema, bare))
  const prices = [bare, named].map((document) => priceRequest(schema, { document, operationName: null, variables: { first: 20 } }))
  expect(prices).toEqual([41, 41])
})

describe('the size of a document', () => {
  it('counts fragments wherever they are spread, and those that nobody spreads', () => {
    const text =
      '{ viewer { ...a x: id ...a } } fragment a on Viewer { y: id @include(if: true) name } fragment b on Viewer { id id id id id id id id }'
    expect(measureDocument(parse(text))).toMatchObject({ depth: 2, aliases: 3, directives: 2, fields: 8, breadth: 8, rootFields: 1, definitions: 3 })
  })

  it('of fragments that double a hundred times is known at once', () => {
    const doubling = Array.from({ length: 99 }, (_, index) => `fragment f${index} on Viewer { ...f${index + 1} ...f${index + 1} }`)
    const startedAt = performance.now()
    expect(measureDocument(parse(`{ viewer { ...f0 } } ${doubling.join(' ')} fragment f99 on Viewer { id }`)).fields).toBeGreaterThan(2 ** 98)
    expect(performance.now() - startedAt).toBeLessThan(100)
  })
})
