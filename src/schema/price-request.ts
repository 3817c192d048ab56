import { complexityFromQuery } from '@pothos/plugin-complexity'
import { type DocumentNode, type GraphQLSchema, getOperationAST, Kind } from 'graphql'
import { withoutTypenames } from './without-typenames.ts'

/** Points that this request costs at most, with its variables. Null when it will not run: without such an operation, or with wrong variables. */
export function priceRequest(
  schema: GraphQLSchema,
  {
    document,
    operationName,
    variables,
  }: { document: DocumentNode; operationName: string | null | undefined; variables: Record<string, unknown> | null | undefined },
): number | null {
  const priced = withoutTypenames(document)
  const operation = getOperationAST(priced, operationName)
  if (!operation) return null
  const fragments = priced.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)
  try {
    const { complexity } = complexityFromQuery(
      { kind: Kind.DOCUMENT, definitions: [operation, ...fragments] },
      { schema, variables: variables ?? {} },
    )
    return Math.max(1, complexity)
  } catch {
    // The executor reads the same variables in the same way, and says what is wrong with them.
    return null
  }
}
