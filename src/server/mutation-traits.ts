import { type GraphQLSchema, getNamedType, isInputObjectType, isObjectType, isUnionType } from 'graphql'

/** Whether a mutation's input takes an idempotency key of its own, kept with what it made: executed again it does nothing, and answers the same. */
export function hasOwnKey(schema: GraphQLSchema, field: string): boolean {
  const inputs =
    schema
      .getMutationType()
      ?.getFields()
      [field]?.args.map(({ type }) => getNamedType(type)) ?? []
  return inputs.some((input) => isInputObjectType(input) && 'idempotencyKey' in input.getFields())
}

/** Whether a mutation's answer may hold a secret: one of the types that it gives has a field of such a name. */
export function showsSecret(schema: GraphQLSchema, field: string): boolean {
  const type = getNamedType(schema.getMutationType()?.getFields()[field]?.type)
  const members = isUnionType(type) ? type.getTypes() : isObjectType(type) ? [type] : []
  return members.some((member) => Object.keys(member.getFields()).some((name) => /secret|token$/i.test(name)))
}
