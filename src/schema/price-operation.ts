import { complexityFromQuery } from '@pothos/plugin-complexity'
import {
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  Kind,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql'
import { withoutTypenames } from './without-typenames.ts'

const largestPage = 100

/** Points that one execution of a valid document costs at most, with the variables' defaults; a page size that a client must give is taken as the largest. */
export function priceOperation(schema: GraphQLSchema, document: DocumentNode): number {
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  return complexityFromQuery(withoutTypenames(document), { schema, variables: operation ? examplesFor(schema, operation) : {} }).complexity
}

// Arguments are read like those of a request, and a request without what is required is none.
function examplesFor(schema: GraphQLSchema, { variableDefinitions = [] }: OperationDefinitionNode): Record<string, unknown> {
  const required = variableDefinitions.filter(({ type, defaultValue }) => type.kind === Kind.NON_NULL_TYPE && !defaultValue)
  return Object.fromEntries(
    required.map(({ variable, type }) => [variable.name.value, exampleOf(typeFromAST(schema, type as never) as unknown as GraphQLInputType)]),
  )
}

function exampleOf(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return exampleOf(type.ofType)
  if (isListType(type)) return []
  if (isEnumType(type)) return type.getValues()[0]!.name
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter(isRequiredInputField)
    return Object.fromEntries(required.map((field) => [field.name, exampleOf(field.type)]))
  }
  return ({ Int: largestPage, Float: 0, Boolean: true, DateTime: new Date(0).toISOString() } as Record<string, unknown>)[type.name] ?? ''
}
