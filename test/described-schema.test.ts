import { type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql'
import { describe, expect, it } from 'vitest'
import { schema } from '../src/schema/index.ts'

interface Element {
  path: string
  description?: string | null | undefined
  deprecationReason?: string | null | undefined
}

const elements = readElements(schema)

describe('the schema as its readers see it', () => {
  it('describes every type, field, argument and value', () => {
    expect(elements.length).toBeGreaterThan(1_000)
    expect(elements.filter(({ description }) => !description?.trim()).map(({ path }) => path)).toEqual([])
  })

  it('writes sentences, and more than the name', () => {
    const words = (text: string) => text.replaceAll(/[^A-Za-z]/g, '').toLowerCase()
    const isEmpty = ({ path, description }: Element) =>
      !/[.?!:…]$/.test(description ?? '') ||
      [words(path.split('.').at(-1)!), `the${words(path.split('.').at(-1)!)}`].includes(words(description ?? ''))
    expect(elements.filter(isEmpty).map(({ path, description }) => `${path}: ${description}`)).toEqual([])
  })

  it('says of what is deprecated since when, and what to use instead', () => {
    const deprecated = elements.filter(({ deprecationReason }) => deprecationReason != null)
    for (const { path, deprecationReason } of deprecated) expect(`${path}: ${deprecationReason}`).toMatch(/: Since \d{4}-\d\d-\d\d[:.] .*\bUse `/)
  })
})

function readElements(ofSchema: GraphQLSchema): Element[] {
  return Object.values(ofSchema.getTypeMap())
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type): Element[] => {
      const within = (element: { name: string } & Omit<Element, 'path'>, path = type.name): Element => ({
        ...element,
        path: `${path}.${element.name}`,
      })
      const parts = isEnumType(type)
        ? type.getValues().map((value) => within(value))
        : isInputObjectType(type)
          ? Object.values(type.getFields()).map((field) => within(field))
          : isObjectType(type) || isInterfaceType(type)
            ? Object.values(type.getFields()).flatMap((field) => [
                within(field),
                ...field.args.map((arg) => within(arg, `${type.name}.${field.name}`)),
              ])
            : []
      return [{ path: type.name, description: type.description }, ...parts]
    })
}
