import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql'
import { globalId } from '../desk.ts'
import type { Rows } from './seed.ts'

/** `(name: value, …)` for the arguments that are needed; ids are of the rows, or of none. */
export function sampleArguments(
  args: readonly GraphQLArgument[],
  { rows, returns, text }: { rows: Rows | null; returns: string; text: string },
): string {
  const needed = args.filter(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined)
  return needed.length === 0 ? '' : `(${needed.map((argument) => `${argument.name}: ${sample(argument)}`).join(', ')})`

  function sample({ name, type }: GraphQLArgument | GraphQLInputField): string {
    const nullable = getNullableType(type) as GraphQLInputType
    if (isListType(nullable)) return name === 'ids' ? `[${sample({ name: 'id', type: nullable.ofType } as GraphQLArgument)}]` : '[]'
    if (isEnumType(nullable)) return nullable.getValues()[0]!.name
    if (isInputObjectType(nullable)) {
      const fields = Object.values(nullable.getFields()).filter((field) => isNonNullType(field.type) && field.defaultValue === undefined)
      return `{ ${fields.map((field) => `${field.name}: ${sample(field)}`).join(', ')} }`
    }
    if (nullable.name === 'ID') return JSON.stringify(idFor(name))
    if (nullable.name === 'String') return JSON.stringify(rows?.[name] ?? text)
    if (nullable.name === 'Boolean') return 'true'
    // A range holds what was made for the walk.
    if (nullable.name === 'DateTime') return JSON.stringify(name === 'from' ? hourFrom(-24) : name === 'to' ? hourFrom(24) : '2100-01-01T00:00:00Z')
    return '1'
  }

  function hourFrom(hours: number): string {
    const at = new Date(Date.now() + hours * 3_600_000)
    at.setUTCMinutes(0, 0, 0)
    return at.toISOString()
  }

  function idFor(name: string): string {
    const named = name === 'id' ? returns : `${name[0]!.toUpperCase()}${name.slice(1).replace(/Ids?$/, '')}`
    return rows?.[named] ?? rows?.Conversation ?? globalId(named, 'nobody')
  }
}
