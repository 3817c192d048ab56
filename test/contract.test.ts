import { readFileSync } from 'node:fs'
import { buildSchema, Kind, parse, print, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { readContract } from './contract/read-contract.ts'

const schema = buildSchema(readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'))
const operations = readContract()

const problemsOf = ({ definition, fragments }: (typeof operations)[number]) =>
  validate(schema, { kind: Kind.DOCUMENT, definitions: [definition, ...fragments] }).map(({ message }) => message)

describe('the contract', () => {
  it.each(operations.map((operation) => [operation.name, operation] as const))('%s validates', (_name, operation) => {
    expect(problemsOf(operation)).toEqual([])
  })

  it('has every input and enum as clients send them', () => {
    const promised = parse(readFileSync(new URL('./contract/inputs.graphqls', import.meta.url), 'utf8'))
    const wrong = promised.definitions.flatMap((definition) => {
      if (definition.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) {
        const type = schema.getType(definition.name.value)
        if (!type || !('getFields' in type)) return []
        const fields = type.getFields() as Record<string, { type: unknown }>
        return (definition.fields ?? [])
          .filter((field) => String(fields[field.name.value]?.type) !== print(field.type))
          .map((field) => `${definition.name.value}.${field.name.value}`)
      }
      if (definition.kind === Kind.ENUM_TYPE_DEFINITION) {
        const type = schema.getType(definition.name.value)
        if (!type || !('getValues' in type)) return []
        const values = type.getValues().map(({ name }) => name)
        return (definition.values ?? [])
          .filter((value) => !values.includes(value.name.value))
          .map((value) => `${definition.name.value}.${value.name.value}`)
      }
      return []
    })
    expect(wrong).toEqual([])
  })
})
