import { type DocumentNode, visit } from 'graphql'

const stripped = new WeakMap<DocumentNode, DocumentNode>()

/**
 * The document to price. Apollo, Relay and urql ask for `__typename` at every object, which is a value and costs nothing; the plugin would take it for an
 * object and make them pay four times for a list.
 */
export function withoutTypenames(document: DocumentNode): DocumentNode {
  const known = stripped.get(document)
  if (known) return known
  const made = visit(document, { Field: ({ name }) => (name.value === '__typename' ? null : undefined) })
  stripped.set(document, made)
  return made
}
