import { bareHash } from '../services/operations/document-hash.ts'

export interface IdParams {
  extensions?: Record<string, unknown> | null | undefined
  /** As the GraphQL-over-HTTP specification names it. */
  documentId?: unknown
  /** As Relay’s examples name it. */
  doc_id?: unknown
}

/** Every id of a registered operation that a request names, whichever of the usual forms it uses; each as it is stored, and once. */
export function operationIdsIn({ documentId, doc_id: docId, extensions }: IdParams, inPath: string | undefined): string[] {
  const { persistedQuery } = extensions ?? {}
  const apollo = isObject(persistedQuery) ? persistedQuery.sha256Hash : undefined
  const given = [inPath, documentId, docId, apollo].filter((id) => id !== undefined && id !== null)
  // What is no text is no id that anybody has.
  return [...new Set(given.map((id) => (typeof id === 'string' ? bareHash(id) : '')))]
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
