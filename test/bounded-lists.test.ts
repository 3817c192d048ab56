import { type GraphQLField, getNullableType, isInterfaceType, isListType, isObjectType } from 'graphql'
import { describe, expect, it } from 'vitest'
import { schema } from '../src/schema/index.ts'
import { boundedLists } from './contract/bounded-lists.ts'

interface Listed {
  path: string
  field: GraphQLField<unknown, unknown>
  isInherited: boolean
}

const fields: Listed[] = Object.values(schema.getTypeMap())
  .filter((type) => !type.name.startsWith('__'))
  .filter((type) => isObjectType(type) || isInterfaceType(type))
  .flatMap((type) =>
    Object.values(type.getFields()).map((field) => ({
      path: `${type.name}.${field.name}`,
      field,
      isInherited: type.getInterfaces().some((parent) => field.name in parent.getFields()),
    })),
  )
const connections = fields.filter(({ field }) => getNullableType(field.type).toString().endsWith('Connection'))

describe('lists', () => {
  it('are connections where they grow, and otherwise have a bound that is written down', () => {
    const plain = fields.filter(
      ({ path, field, isInherited }) => isListType(getNullableType(field.type)) && !isInherited && !/Connection\.edges$/.test(path),
    )
    expect(plain.map(({ path }) => path).sort()).toEqual(Object.keys(boundedLists).sort())
  })

  it('that are connections have pages both ways, with opaque cursors', () => {
    expect(connections.length).toBeGreaterThan(15)
    for (const { path, field } of connections) {
      const args = Object.fromEntries(field.args.map(({ name, type }) => [name, String(type)]))
      expect(args, path).toMatchObject({ first: 'Int', after: 'String', last: 'Int', before: 'String' })
    }
  })

  it('never have nothing in the place of an entry, but where ids were asked for', () => {
    const nullable = fields.filter(({ field }) => {
      const type = getNullableType(field.type)
      return isListType(type) && !String(type.ofType).endsWith('!')
    })
    expect(nullable.map(({ path }) => path)).toEqual(['Query.nodes'])
  })
})
