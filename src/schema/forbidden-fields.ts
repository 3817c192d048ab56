import { type DocumentNode, type GraphQLSchema, isObjectType, TypeInfo, visit, visitWithTypeInfo } from 'graphql'

const ofStaff = new Set(['staff', 'admin'])

/** The fields of a valid document that are for staff alone, whatever the rows are: whoever else asks for one gets FORBIDDEN and nothing more. */
export function forbiddenFields(schema: GraphQLSchema, document: DocumentNode): string[] {
  const found = new Set<string>()
  const typeInfo = new TypeInfo(schema)
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field() {
        const parent = typeInfo.getParentType()
        const field = typeInfo.getFieldDef()
        if (!parent || !field || field.name.startsWith('__')) return
        if (!(isObjectType(parent) && isForStaff(parent)) && !isForStaff(field)) return
        found.add(`${parent.name}.${field.name}`)
        // What is below it is not reached.
        return false
      },
    }),
  )
  return [...found]
}

/** A rule that looks at the row is none of these. */
function isForStaff({ extensions }: { extensions: { pothosOptions?: { authScopes?: unknown } } }): boolean {
  const scopes = extensions.pothosOptions?.authScopes
  if (typeof scopes !== 'object' || scopes === null) return false
  const names = Object.keys(scopes)
  return names.length > 0 && names.every((name) => ofStaff.has(name))
}
