import { GraphQLError } from 'graphql'

const advice: Record<string, string> = {
  characters: 'Send data as variables, or split the operation.',
  tokens: 'Send data as variables, or split the operation.',
  nesting: 'Nest less deeply, and send data as variables.',
  definitions: 'Send only the operation that is to run and the fragments that it uses.',
  depth: 'Ask for what lies deeper in a second request, by its id.',
  aliases: 'Split the operation, or ask for several objects with nodes(ids:).',
  directives: 'Leave out fields instead of skipping them, or split the operation.',
  breadth: 'Ask for fewer fields, or split the operation.',
  rootFields: 'Split the operation, or ask for several objects with nodes(ids:).',
  fields: 'Ask for fewer fields, spread fragments in fewer places, or split the operation.',
  cost: 'Ask for smaller pages with first, or for what is nested in a second request.',
}
const words: Record<string, string> = {
  nesting: 'levels of brackets',
  definitions: 'operations and fragments',
  depth: 'levels of fields',
  breadth: 'fields in one selection',
  rootFields: 'fields at its root',
  fields: 'fields with its fragments written out',
  cost: 'points of cost',
}

/** Which limit a document is over, for people and programs, and what to do. */
export function limitError(name: string, { maximum, actual }: { maximum: number; actual: number }): GraphQLError {
  const message = `The operation has ${actual} ${words[name] ?? name}, and at most ${maximum} are allowed. ${advice[name] ?? 'Split it.'}`
  return new GraphQLError(message, { extensions: { code: 'LIMIT_EXCEEDED', limit: { name, maximum, actual }, http: { status: 400 } } })
}
