import {
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  type GraphQLType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredInputField,
  TypeInfo,
  typeFromAST,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import { withPlace } from '../../src/schema/read-operation.ts'

/**
 * Why an operation that works with one schema would not with another: it is not valid there, or, when both are known, what it selects has another
 * type, or what its variables may hold is taken no more.
 */
export function whatBreaks(document: DocumentNode, { before, after }: { before: GraphQLSchema | null; after: GraphQLSchema }): string[] {
  const errors = validate(after, document)
  if (errors.length > 0) return errors.map(withPlace)
  return before ? [...new Set([...answersThatChange(document, before, after), ...variablesThatChange(document, before, after)])] : []
}

function answersThatChange(document: DocumentNode, before: GraphQLSchema, after: GraphQLSchema): string[] {
  const changes: string[] = []
  const typeInfo = new TypeInfo(before)
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field({ name }) {
        const parent = typeInfo.getParentType()
        const was = typeInfo.getFieldDef()?.type
        const parentAfter = parent && after.getType(parent.name)
        const is = isObjectType(parentAfter) || isInterfaceType(parentAfter) ? parentAfter.getFields()[name.value]?.type : undefined
        if (was && is && !isTaken(is, was)) changes.push(`${parent}.${name.value} is ${is}, and was ${was}`)
      },
    }),
  )
  return changes
}

function variablesThatChange(document: DocumentNode, before: GraphQLSchema, after: GraphQLSchema): string[] {
  const changes: string[] = []
  const seen = new Set<string>()
  const look = (was: GraphQLType) => {
    const { name } = getNamedType(was)
    if (seen.has(name)) return
    seen.add(name)
    const typeBefore = before.getType(name)
    const typeAfter = after.getType(name)
    if (isEnumType(typeBefore) && isEnumType(typeAfter)) {
      for (const value of typeBefore.getValues())
        if (!typeAfter.getValue(value.name)) changes.push(`${name}.${value.name} is gone, and a variable may hold it`)
    }
    if (!isInputObjectType(typeBefore) || !isInputObjectType(typeAfter)) return
    const fieldsAfter = typeAfter.getFields()
    for (const field of Object.values(typeBefore.getFields())) {
      const now = fieldsAfter[field.name]
      if (!now) changes.push(`${name}.${field.name} is gone, and a variable may hold it`)
      else if (!isTaken(field.type, now.defaultValue === undefined ? now.type : nullable(now.type)))
        changes.push(`${name}.${field.name} takes ${now.type}, and took ${field.type}`)
      else look(field.type)
    }
    for (const field of Object.values(fieldsAfter))
      if (!typeBefore.getFields()[field.name] && isRequiredInputField(field)) changes.push(`${name}.${field.name} is new and required`)
  }
  visit(document, {
    VariableDefinition({ type }) {
      const known = typeFromAST(before, type as never) as GraphQLInputType | undefined
      if (known) look(known)
    },
  })
  return changes
}

/** Whether a value of the one type is always one of the other. */
function isTaken(value: GraphQLType, where: GraphQLType): boolean {
  if (isNonNullType(where)) return isNonNullType(value) && isTaken(value.ofType, where.ofType)
  if (isNonNullType(value)) return isTaken(value.ofType, where)
  if (isListType(where) || isListType(value)) return isListType(where) && isListType(value) && isTaken(value.ofType, where.ofType)
  return value.toString() === where.toString()
}

const nullable = (type: GraphQLInputType): GraphQLInputType => (isNonNullType(type) ? type.ofType : type)
