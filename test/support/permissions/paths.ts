import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql'

/** How to come to an object of a type: a query with `$id`, around the selection of its fields. */
export interface Path {
  /** The type whose id it begins with, or null. */
  from: string | null
  wrap(selection: string): string
  /** Names in the answer, for the place of an error. */
  depth: number
  /** What it goes through: never the same twice, or a list of lists of lists would cost more than an operation may. */
  types: string[]
}

const pathsPerType = 4
const longest = 5

/** To each object type, the shortest ways that begin with an id or with a field of Query. */
export function pathsOf(schema: GraphQLSchema, sampleArguments: (field: GraphQLField<unknown, unknown>) => string | null): Map<string, Path[]> {
  const paths = new Map<string, Path[]>()
  const waiting: { type: GraphQLObjectType; path: Path }[] = []
  const add = (type: GraphQLNamedType, path: Path, isAbstract = false): void => {
    if (isAbstractType(type)) {
      for (const possible of schema.getPossibleTypes(type)) add(possible, path, true)
      return
    }
    if (!isObjectType(type)) return
    const known = paths.get(type.name) ?? []
    if (known.length >= pathsPerType || path.depth > longest || path.types.includes(type.name)) return
    const through = { ...path, types: [...path.types, type.name] }
    const narrowed = isAbstract ? { ...through, wrap: (selection: string) => path.wrap(`... on ${type.name} { ${selection} }`) } : through
    paths.set(type.name, [...known, narrowed])
    waiting.push({ type, path: narrowed })
  }

  const node = schema.getType('Node')
  for (const type of isInterfaceType(node) ? schema.getPossibleTypes(node) : []) {
    const { name } = type
    add(type, { from: name, depth: 1, types: [], wrap: (selection) => `query Walk($id: ID!) { node(id: $id) { ... on ${name} { ${selection} } } }` })
  }
  for (const field of Object.values(schema.getQueryType()!.getFields())) {
    const given = sampleArguments(field)
    const type = getNamedType(field.type)
    if (
      given === null ||
      ['node', 'nodes'].includes(field.name) ||
      field.args.some(({ name, type }) => name === 'id' && isLeafType(getNamedType(type)))
    )
      continue
    add(type, { from: null, depth: 1, types: [], wrap: (selection) => `query Walk { ${field.name}${given} { ${selection} } }` })
  }
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { type, path } = next
    for (const field of Object.values(type.getFields())) {
      if (!isCompositeType(getNamedType(field.type)) || field.args.some(isRequiredArgument)) continue
      add(getNamedType(field.type), { ...path, depth: path.depth + 1, wrap: (selection) => path.wrap(`${field.name} { ${selection} }`) })
    }
  }
  return paths
}
