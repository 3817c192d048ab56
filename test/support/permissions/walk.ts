import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
} from 'graphql'
import type { Answer, Caller } from './ask-as.ts'
import { type Path, pathsOf } from './paths.ts'
import { sampleArguments } from './sample-arguments.ts'
import type { Seeded } from './seed.ts'

/** own: for the viewer's own rows, and those that are public, only. */
export type Verdict = 'yes' | 'own' | 'no'
export type Verdicts = Map<string, Verdict>

interface Walk {
  schema: GraphQLSchema
  seeded: Seeded
  caller: Caller
  isStaff: boolean
}

const atATime = 6
const isRefused = ({ extensions }: { extensions?: { code?: string } }) => ['FORBIDDEN', 'UNAUTHENTICATED'].includes(extensions?.code ?? '')
const hasRefusal = (answer: Answer | undefined) => answer?.errors?.some(isRefused) ?? false
const selected = (field: GraphQLField<unknown, unknown>) => (isCompositeType(getNamedType(field.type)) ? `${field.name} { __typename }` : field.name)

/** What a caller gets of each field of each type that can be reached by a query, through real rows. */
export async function walkTypes({ schema, seeded, caller }: Walk, onReached: (type: string) => void): Promise<Verdicts> {
  const verdicts: Verdicts = new Map()
  const paths = pathsOf(schema, (field) => sampleArguments(field.args, { rows: seeded.own, returns: getNamedType(field.type).name, text: 'refund' }))
  await inTurns([...paths], async ([name, ways]) => {
    const type = schema.getType(name)
    if (!isObjectType(type)) return
    const fields = Object.values(type.getFields()).filter(
      ({ args }) => !args.some(({ type: given, defaultValue }) => String(given).endsWith('!') && defaultValue === undefined),
    )
    for (const path of ways) {
      if (fields.every((field) => verdicts.has(`${name}.${field.name}`))) break
      const isIn = (answer: Answer | undefined) => JSON.stringify(answer ?? null).includes(`"__typename":"${name}"`)
      const given = await answered(path, fields, isIn)
      if (given === null) continue
      onReached(name)
      const isShared =
        path.from === null ||
        seeded.own[path.from] === seeded.foreign[path.from] ||
        isIn(await caller.ask(path.wrap('__typename'), variables(path, seeded.foreign)))
      for (const field of given) if (!verdicts.has(`${name}.${field}`)) verdicts.set(`${name}.${field}`, isShared ? 'yes' : 'own')
    }
    for (const field of fields) if (!verdicts.has(`${name}.${field.name}`)) verdicts.set(`${name}.${field.name}`, 'no')
  })
  return verdicts

  /** All at once, and again without those that were refused; null when there is no such object at the end of the path. */
  async function answered(
    path: Path,
    fields: GraphQLField<unknown, unknown>[],
    isIn: (answer: Answer | undefined) => boolean,
  ): Promise<string[] | null> {
    for (let asked = fields; ; ) {
      const text = path.wrap(['__typename', ...asked.map(selected)].join(' '))
      const answer = await caller.ask(text, variables(path, seeded.own))
      const errors = answer?.errors ?? []
      if (errors.length === 0) return isIn(answer) ? asked.map(({ name }) => name) : null
      const strange = errors.find((error) => !isRefused(error))
      // All fields of a long way may cost too much. No matter, where it leads nowhere.
      if (strange?.extensions?.code === 'LIMIT_EXCEEDED' && !isIn(await caller.ask(path.wrap('__typename'), variables(path, seeded.own)))) return null
      if (strange) throw new Error(`${text}: ${JSON.stringify(strange)}`)
      const refused = new Set(errors.map((error) => (error.path ?? []).filter((part) => typeof part === 'string')[path.depth]))
      // What leads there was refused.
      if (refused.has(undefined)) return null
      const rest = asked.filter(({ name }) => !refused.has(name))
      if (rest.length === asked.length) throw new Error(`${path.wrap('…')}: ${JSON.stringify(errors[0])}`)
      asked = rest
    }
  }
}

const variables = ({ from }: Path, rows: Record<string, string>) => (from === null ? {} : { id: rows[from] ?? 'none' })

export async function walkQueries({ schema, seeded, caller, isStaff }: Walk): Promise<Verdicts> {
  const verdicts: Verdicts = new Map()
  await inTurns(Object.values(schema.getQueryType()!.getFields()), async (field) => {
    const type = getNamedType(field.type)
    const listed = nodeTypeOf(type)
    const selection = listed
      ? `{ edges { node { __typename ${listed.getFields().id ? 'id' : ''} } } }`
      : isCompositeType(type)
        ? '{ __typename }'
        : ''
    const ask = (rows: Record<string, string>) =>
      caller.ask(`query Walk { ${field.name}${sampleArguments(field.args, { rows, returns: type.name, text: 'refund' })} ${selection} }`)
    const own = await ask(seeded.own)
    const verdict = (): Verdict | Promise<Verdict> => {
      if (!own || hasRefusal(own)) return 'no'
      if (own.errors?.some(({ extensions }) => extensions?.code === 'GRAPHQL_VALIDATION_FAILED')) throw new Error(JSON.stringify(own.errors))
      if (listed) return isStaff || JSON.stringify(own).includes(seeded.foreign[listed.name] ?? 'no such row') ? 'yes' : 'own'
      if (isStaff || !field.args.some(({ name }) => /id$|ids$|slug/i.test(name))) return 'yes'
      if (isNothing(own.data?.[field.name])) return 'no'
      return ask(seeded.foreign).then((foreign) => (isNothing(foreign?.data?.[field.name]) ? 'own' : 'yes'))
    }
    verdicts.set(`Query.${field.name}`, await verdict())
  })
  return verdicts
}

/** What a connection lists. */
function nodeTypeOf(type: GraphQLNamedType): GraphQLObjectType | null {
  const edges = isObjectType(type) ? type.getFields().edges : undefined
  const edge = edges && getNamedType(edges.type)
  const node = edge && isObjectType(edge) ? getNamedType(edge.getFields().node!.type) : null
  return isObjectType(node) ? node : null
}

const isNothing = (value: unknown) => value == null || (Array.isArray(value) && value.every((entry) => entry === null))

/** What staff may do is asked of rows that are not there, and with empty texts, so that nothing is done. */
export async function walkMutations({ schema, seeded, caller, isStaff }: Walk): Promise<Verdicts> {
  const verdicts: Verdicts = new Map()
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const ask = async (rows: Record<string, string> | null) => {
      const given = sampleArguments(field.args, { rows, returns: '', text: '' })
      return caller.ask(
        `mutation Walk { ${field.name}${given} { __typename ${isAbstractType(getNamedType(field.type)) ? '... on Error { code }' : ''} } }`,
      )
    }
    const isMissing = (answer: Answer | undefined) => answer?.data?.[field.name]?.code === 'NOT_FOUND'
    const first = await ask(isStaff ? null : seeded.own)
    if (first?.errors && !hasRefusal(first)) throw new Error(`${field.name}: ${JSON.stringify(first.errors)}`)
    const isOwn = !isStaff && !hasRefusal(first) && !isMissing(first) && isMissing(await ask(seeded.foreign))
    verdicts.set(`Mutation.${field.name}`, hasRefusal(first) ? 'no' : isOwn ? 'own' : 'yes')
  }
  return verdicts
}

/** `stir` makes events, so that a stream that is open says so. */
export async function walkSubscriptions({ schema, seeded, caller, isStaff }: Walk, stir: () => Promise<void>): Promise<Verdicts> {
  const verdicts: Verdicts = new Map()
  for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
    const ask = async (rows: Record<string, string>) => {
      const given = sampleArguments(field.args, { rows, returns: '', text: '' })
      const answer = caller.ask(`subscription Walk { ${field.name}${given} { __typename } }`)
      const timer = setInterval(() => void stir(), 100)
      return answer.finally(() => clearInterval(timer))
    }
    const isDenied = (answer: Answer | undefined) => hasRefusal(answer) || answer?.errors?.some(({ extensions }) => extensions?.code === 'NOT_FOUND')
    const own = await ask(seeded.own)
    const isOwn = !isStaff && !isDenied(own) && isDenied(await ask(seeded.foreign))
    verdicts.set(`Subscription.${field.name}`, isDenied(own) ? 'no' : isOwn ? 'own' : 'yes')
  }
  return verdicts
}

async function inTurns<Item>(items: Item[], handle: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items]
  await Promise.all(
    Array.from({ length: atATime }, async () => {
      for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await handle(item)
    }),
  )
}
