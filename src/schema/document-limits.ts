import type { Role } from '../generated/prisma/client.ts'

/** What a document may hold, with its fragments written out wherever they are spread. */
export interface DocumentLimits {
  /** UTF-16 code units. */
  characters: number
  tokens: number
  /** Brackets inside one another, of whatever kind. */
  nesting: number
  /** Operations and fragments. */
  definitions: number
  /** Fields inside one another. */
  depth: number
  aliases: number
  directives: number
  /** Fields of one selection. */
  breadth: number
  rootFields: number
  fields: number
  /** Points of one execution, page sizes multiplied. */
  cost: number
}

const staff: DocumentLimits = {
  characters: 50_000,
  tokens: 10_000,
  nesting: 100,
  definitions: 100,
  depth: 12,
  aliases: 100,
  directives: 50,
  breadth: 200,
  rootFields: 50,
  fields: 2_000,
  cost: 10_000,
}

/** By role. Each lets all operations of the contract through that the role may run, many times over. */
export const documentLimits: Record<Role, DocumentLimits> = {
  ADMIN: staff,
  AGENT: staff,
  PARTNER: { ...staff, aliases: 20, directives: 20, rootFields: 10, fields: 1_000, cost: 5_000 },
  CUSTOMER: {
    ...staff,
    characters: 20_000,
    tokens: 4_000,
    definitions: 30,
    aliases: 20,
    directives: 20,
    breadth: 100,
    rootFields: 10,
    fields: 500,
    cost: 3_000,
  },
}

/** Nobody may send more, so that nothing longer is parsed at all. */
export const mostTokens = Math.max(...Object.values(documentLimits).map(({ tokens }) => tokens))
