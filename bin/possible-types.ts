import { type GraphQLSchema, isAbstractType } from 'graphql'

/** A plugin of GraphQL Code Generator: which types an interface or union has, as Apollo Client's cache wants it. */
export function plugin(schema: GraphQLSchema): string {
  const abstract = Object.values(schema.getTypeMap()).filter((type) => isAbstractType(type) && !type.name.startsWith('__'))
  const entries = abstract.map((type) => [
    type.name,
    schema
      .getPossibleTypes(type as never)
      .map(({ name }) => name)
      .sort(),
  ])
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`
}
