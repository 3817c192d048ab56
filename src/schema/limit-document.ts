import { type DocumentNode, GraphQLError, type ParseOptions, parse, type Source } from 'graphql'
import type { Role } from '../generated/prisma/client.ts'
import { documentLimits, mostTokens } from './document-limits.ts'
import { limitError } from './limit-error.ts'
import { measureDocument } from './measure-document.ts'

// In this order: what is checked first is cheapest, and bounds what the next costs.
const measured = ['tokens', 'nesting', 'definitions', 'fields', 'depth', 'aliases', 'directives', 'breadth', 'rootFields'] as const

/** Parses what anybody may send, and stops where it is too long or too deep. */
export function parseWithinLimits(source: string | Source, options?: ParseOptions): DocumentNode {
  try {
    return parse(source, { ...options, maxTokens: mostTokens })
  } catch (error) {
    if (error instanceof GraphQLError && /\b\d+ tokens\b/.test(error.message))
      throw limitError('tokens', { maximum: mostTokens, actual: mostTokens + 1 })
    // Thousands of brackets inside one another are more than the parser’s stack holds.
    if (error instanceof RangeError) throw limitError('nesting', { maximum: documentLimits.ADMIN.nesting, actual: mostTokens })
    throw error
  }
}

/** Throws a GraphQLError that names the limit when a document is more than this role may send. To be asked before the document is validated. */
export function limitDocument(document: DocumentNode, role: Role): void {
  const measure = measureDocument(document)
  const limits = documentLimits[role]
  for (const name of measured) if (measure[name] > limits[name]) throw limitError(name, { maximum: limits[name], actual: measure[name] })
  if (measure.introspects && role !== 'ADMIN' && role !== 'AGENT') throw introspects()
}

const introspects = () =>
  new GraphQLError('Introspection is for keys of admins and agents. Read schema.graphql instead; __typename is always allowed.', {
    extensions: { code: 'FORBIDDEN', http: { status: 403 } },
  })
