import { GraphQLError, type GraphQLSchema, Kind, validate } from 'graphql'
import type { ReadOperation } from '../services/operations/register-operations.ts'
import { documentLimits } from './document-limits.ts'
import { forbiddenFields } from './forbidden-fields.ts'
import { limitDocument, parseWithinLimits } from './limit-document.ts'
import { limitError } from './limit-error.ts'
import { priceOperation } from './price-operation.ts'

/** What a document holds when it may be registered, or why it may not: it must be valid here and hold one operation with a name. */
export function readOperation(schema: GraphQLSchema, body: string): ReadOperation {
  try {
    const document = parseWithinLimits(body)
    limitDocument(document, 'PARTNER')
    const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
    const [operation] = operations
    if (!operation || operations.length > 1) return { problem: `It holds ${operations.length} operations, and must hold exactly one.` }
    if (!operation.name) return { problem: 'Its operation has no name. Give it one, so that it can be told apart from others.' }
    const [error] = validate(schema, document, undefined, { maxErrors: 1 })
    if (error) return { problem: withPlace(error), name: operation.name.value }
    const forbidden = forbiddenFields(schema, document)
    if (forbidden.length > 0) return { problem: notForPartners(forbidden), name: operation.name.value }
    const cost = priceOperation(schema, document)
    const maximum = documentLimits.PARTNER.cost
    if (cost > maximum) return { problem: limitError('cost', { maximum, actual: cost }).message, name: operation.name.value }
    return { name: operation.name.value, type: operation.operation, cost }
  } catch (error) {
    if (error instanceof GraphQLError) return { problem: withPlace(error) }
    throw error
  }
}

function notForPartners(fields: string[]): string {
  return `A partner’s key may never use ${fields.join(', ')}, and would be answered FORBIDDEN. Leave ${fields.length === 1 ? 'it' : 'them'} out.`
}

export function withPlace({ message, locations }: GraphQLError): string {
  const place = locations?.[0]
  return place ? `${message} (line ${place.line}, column ${place.column})` : message
}
