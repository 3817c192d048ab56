import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'

export interface Ask {
  (query: string, variables?: object): Promise<any>
  /** Told before what will be asked: a partner has it registered, all at once. */
  prepare?(queries: string[]): Promise<void>
}

export interface Guesses {
  ids: Record<string, string[]>
  /** For texts that narrow a list. */
  filter: string
  /** For texts that must be given. */
  search: string
  cursors: string[]
}

/** Of objects inside one another. */
const mostLevels = 3
const paging = ['first', 'last', 'before', 'after']

/** Every list and object of Query that is reached without an id, by every argument; each answer beside the request. */
export async function walkLists(schema: GraphQLSchema, ask: Ask, guesses: Guesses): Promise<[request: string, answer: any][]> {
  const answers: [string, any][] = []
  const fields = Object.values(schema.getQueryType()!.getFields()).filter((field) => !takesId(field))
  const whole = (field: GraphQLField<unknown, unknown>) => ({ path: field.name, levels: mostLevels, forbidden: new Set<string>(), above: [] })
  await ask.prepare?.(fields.map((field) => `query Walk { ${callOf(field, '', guesses)} ${selectionOf(schema, field.type, whole(field))} }`))
  for (const field of fields) {
    const optional = field.args.filter(({ name, type }) => !isNonNullType(type) && !paging.includes(name))
    const forbidden = new Set<string>()
    const after = field.args.some(({ name }) => name === 'after') ? guesses.cursors.map((cursor) => `after: ${JSON.stringify(cursor)}`) : []
    const callWith = (variant: string) => callOf(field, variant, guesses)
    const allowed = await askWhatIsAllowed(schema, ask, { field, call: callWith(''), forbidden })
    if (allowed === null) continue
    answers.push([callWith(''), allowed.answer])
    const calls = [...optional.flatMap((arg) => variantsOf(arg, guesses)), ...after].map(callWith)
    const queries = calls.map((call) => `query Walk { ${call} ${allowed.selection} }`)
    if (queries.length > 0) await ask.prepare?.(queries)
    for (const [at, query] of queries.entries()) answers.push([calls[at]!, await ask(query)])
  }
  return answers
}

/** Every field of Query that takes an id, asked for each of these, ten in a request; the answers that are neither null nor empty nor refused. */
export async function guessIds(schema: GraphQLSchema, ask: Ask, { ids, search }: Guesses): Promise<string[]> {
  const all = Object.values(ids).flat()
  const queries = Object.values(schema.getQueryType()!.getFields())
    .filter(takesId)
    .flatMap((field) => {
      const isMany = field.args.some(({ type }) => isListType(isNonNullType(type) ? type.ofType : type))
      const valueFor = (type: GraphQLInputType, id: string) =>
        String(getNamedType(type)) !== 'ID' ? `"${search}"` : isMany ? `["${id}"]` : `"${id}"`
      const calls = all.map((id, at) => {
        const args = field.args.filter(({ type }) => isNonNullType(type)).map((arg) => written(arg, valueFor(arg.type, id)))
        return `a${at % 10}: ${field.name}(${args.join(', ')}) { __typename ${isEdged(field.type) ? 'edges { cursor }' : ''} }`
      })
      return Array.from({ length: Math.ceil(calls.length / 10) }, (_, at) => `query Guess { ${calls.slice(at * 10, at * 10 + 10).join(' ')} }`)
    })
  await ask.prepare?.(queries)
  const found: string[] = []
  for (const query of queries) {
    const { data, errors } = await ask(query)
    const unexpected = errors?.filter(({ extensions }: any) => extensions?.code !== 'FORBIDDEN') ?? []
    const seen = Object.values(data ?? {}).filter((value: any) => [value].flat().some((each) => each !== null) && value.edges?.length !== 0)
    if (unexpected.length + seen.length > 0) found.push(`${query.slice(0, 200)}: ${JSON.stringify([...unexpected, ...seen])}`)
  }
  return found
}

/** Every mutation, aimed at what belongs to others; each answer beside its name. */
export async function aimMutations(schema: GraphQLSchema, ask: Ask, guesses: Guesses): Promise<[string, any][]> {
  const aimed = Object.values(schema.getMutationType()!.getFields()).map(({ name, args: [input] }) => {
    const type = input && getNamedType(input.type)
    const value = isInputObjectType(type) ? inputFor(Object.values(type.getFields()), guesses) : {}
    const query = input
      ? `mutation Aim($input: ${String(type)}!) { ${name}(input: $input) { __typename } }`
      : `mutation Aim { ${name} { __typename } }`
    return { name, query, value }
  })
  await ask.prepare?.(aimed.map(({ query }) => query))
  const answers: [string, any][] = []
  for (const { name, query, value } of aimed) answers.push([name, await ask(query, { input: value })])
  return answers
}

function callOf({ name, args }: GraphQLField<unknown, unknown>, variant: string, { search }: Guesses): string {
  const required = args
    .filter(({ type }) => isNonNullType(type))
    .map((arg) => written(arg, String(getNamedType(arg.type)) === 'DateTime' ? edge(arg.name) : `"${search}"`))
  const first = args.some((arg) => arg.name === 'first') ? ['first: 5'] : []
  const given = [...required, ...first, variant].filter(Boolean).join(', ')
  return `${name}${given ? `(${given})` : ''}`
}

/** A day before and after now: what is there lies between. */
const edge = (name: string) =>
  JSON.stringify(new Date(Date.now() + (name === 'from' ? -1 : 1) * 86_400_000).toISOString().replace(/T.*/, 'T00:00:00.000Z'))

const takesId = ({ args }: GraphQLField<unknown, unknown>) => args.some(({ type }) => isNonNullType(type) && String(getNamedType(type)) === 'ID')
const isEdged = (type: GraphQLOutputType) => String(getNamedType(type)).endsWith('Connection')
const written = ({ name }: { name: string }, value: string) => `${name}: ${value}`

async function askWhatIsAllowed(
  schema: GraphQLSchema,
  ask: Ask,
  { field, call, forbidden }: { field: GraphQLField<unknown, unknown>; call: string; forbidden: Set<string> },
): Promise<{ answer: any; selection: string } | null> {
  for (let levels = mostLevels; levels > 0; ) {
    const selection = selectionOf(schema, field.type, { path: field.name, levels, forbidden, above: [] })
    const answer = await ask(`query Walk { ${call} ${selection} }`)
    const errors: any[] = answer.errors ?? []
    if (errors.some(({ path }) => !path)) levels -= 1
    const before = forbidden.size
    for (const { path, extensions } of errors)
      if (path && extensions?.code === 'FORBIDDEN') forbidden.add(path.filter((part: unknown) => typeof part === 'string').join('.'))
    if (forbidden.has(field.name)) return null
    if (errors.every(({ path }) => path) && forbidden.size === before) return { answer, selection }
  }
  throw new Error(`nothing of ${call} can be asked for`)
}

interface Place {
  path: string
  levels: number
  forbidden: Set<string>
  above: string[]
}

function selectionOf(schema: GraphQLSchema, type: GraphQLOutputType, { path, levels, forbidden, above }: Place): string {
  const named = getNamedType(type)
  if (isLeafType(named)) return ''
  const selected = new Map<string, string>()
  const typesOf = isAbstractType(named) ? schema.getPossibleTypes(named) : [named as GraphQLObjectType]
  const parts = typesOf.map((object) => {
    const fields = Object.values(object.getFields()).flatMap((field) => {
      const inner = getNamedType(field.type)
      const place = `${path}.${field.name}`
      const isDeeper = !isLeafType(inner) && !['edges', 'node', 'pageInfo'].includes(field.name)
      if (forbidden.has(place) || field.args.some(({ type }) => isNonNullType(type))) return []
      if (isDeeper && (levels <= 1 || above.includes(inner.name))) return []
      // Fields of one name must have one type, whatever object they are of.
      if (selected.has(field.name) && selected.get(field.name) !== String(field.type)) return []
      selected.set(field.name, String(field.type))
      const next = { path: place, levels: isDeeper ? levels - 1 : levels, forbidden, above: [...above, object.name] }
      const inside = selectionOf(schema, field.type, next)
      if (!isLeafType(inner) && inside === '') return []
      return `${field.name}${field.args.some(({ name }) => name === 'first') ? '(first: 2)' : ''} ${inside}`
    })
    return isObjectType(named) ? fields.join(' ') : `... on ${object.name} { __typename ${fields.join(' ')} }`
  })
  return `{ __typename ${parts.join(' ')} }`
}

function variantsOf({ name, type }: GraphQLArgument | GraphQLInputField, guesses: Guesses): string[] {
  const named = getNamedType(type)
  const list = (value: string) => written({ name }, isListType(isNonNullType(type) ? type.ofType : type) ? `[${value}]` : value)
  if (isInputObjectType(named))
    return Object.values(named.getFields()).flatMap((field) => variantsOf(field, guesses).map((inner) => list(`{ ${inner} }`)))
  if (isEnumType(named)) return [named.getValues()[0]!, named.getValues().at(-1)!].map((value) => list(value.name))
  if (named.name === 'Boolean') return [list('true')]
  if (named.name === 'String') return [list(`"${guesses.filter}"`)]
  if (named.name === 'ID') return ['Agent', 'Partner', 'Conversation'].map((kind) => list(`"${guesses.ids[kind]![0]}"`))
  return []
}

const typeOfId: Record<string, string> = {
  runId: 'ImportRun',
  gapId: 'KnowledgeGap',
  manifestId: 'OperationManifest',
  expectedLastMessageId: 'Message',
}

function inputFor(fields: GraphQLInputField[], guesses: Guesses): Record<string, unknown> {
  return Object.fromEntries(
    fields
      .filter(({ name, type }) => isNonNullType(type) || (/Ids?$/.test(name) && !/^(customer|agent)/.test(name)))
      .map(({ name, type }) => [name, valueFor(name, isNonNullType(type) ? type.ofType : type, guesses)]),
  )
}

function valueFor(name: string, type: GraphQLInputType, guesses: Guesses): unknown {
  if (isNonNullType(type)) return valueFor(name, type.ofType, guesses)
  if (isListType(type)) return [valueFor(name, type.ofType, guesses)]
  if (isInputObjectType(type)) return inputFor(Object.values(type.getFields()), guesses)
  if (isEnumType(type)) return type.getValues()[0]!.name
  if (type.name === 'Boolean') return true
  if (type.name === 'Int' || type.name === 'Float') return 1
  if (type.name === 'DateTime') return new Date(Date.now() + 86_400_000).toISOString()
  if (type.name !== 'ID') return 'https://taken-over.example.com/'
  const kind = typeOfId[name] ?? name[0]!.toUpperCase() + name.slice(1).replace(/Ids?$/, '')
  return (guesses.ids[kind] ?? guesses.ids.Conversation)![0]
}
