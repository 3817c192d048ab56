import SchemaBuilder, {
  BasePlugin,
  type PothosInputFieldConfig,
  type PothosOutputFieldConfig,
  type PothosTypeConfig,
  type SchemaTypes,
} from '@pothos/core'

declare global {
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      usualDescriptions: UsualDescriptionsPlugin<Types>
    }
  }
}

const fields: Record<string, string> = {
  id: 'Opaque, and unique among all objects. Where the type is a Node, `node` finds the object by it.',
  createdAt: 'When it was made.',
  updatedAt: 'When it last changed.',
  at: 'When it happened.',
}

const pageInfo: Record<string, string> = {
  hasNextPage: 'There is more behind `endCursor`: ask for it with `after`.',
  hasPreviousPage: 'There is more before `startCursor`: ask for it with `before`.',
  startCursor: 'That of the first edge; null when the page is empty.',
  endCursor: 'That of the last edge; null when the page is empty.',
}

const args: Record<string, string> = {
  first: 'How many from the start of the list: 1 to 100, 20 unless given.',
  last: 'How many from the end of the list: 1 to 100. With `before` it is the page before.',
  after: 'A cursor of this list: what comes behind it.',
  before: 'A cursor of this list: what comes ahead of it.',
  id: 'Of any object that is a Node; the answer is null for another one.',
  ids: 'Of objects that are Nodes, at most 100.',
  input: 'All that it is given, in one object.',
}

/** What an id of this name belongs to, where the name does not say it. */
const owners: Record<string, string> = { gapId: 'KnowledgeGap', pairId: 'ArticlePair' }

/** Says what is the same wherever it stands. What is written beside a field or type has the first word. */
class UsualDescriptionsPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onTypeConfig(type: PothosTypeConfig): PothosTypeConfig {
    return { ...type, description: type.description ?? describeType(type) }
  }

  override onOutputFieldConfig(field: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    return { ...field, description: field.description ?? describeField(field) }
  }

  override onInputFieldConfig(field: PothosInputFieldConfig<Types>): PothosInputFieldConfig<Types> {
    return { ...field, description: field.description ?? describeInput(field) }
  }
}

function describeType({ kind, name }: PothosTypeConfig): string | undefined {
  const operation = (ending: string) => `\`${name[0]!.toLowerCase()}${name.slice(1, -ending.length)}\``
  if (name === 'Node') return 'An object that `node` finds by its id.'
  if (name === 'PageInfo') return 'Whether a list goes on before and behind a page, and the cursors to ask with.'
  if (name.endsWith('ConnectionEdge')) return 'An entry of a page, and where it stands in the list.'
  if (name.endsWith('Connection')) return 'A page of a list.'
  if (kind === 'Union' && name.endsWith('Result'))
    return `What ${operation('Result')} made, or an expected failure: every type that implements Error.`
  if (kind === 'InputObject' && name.endsWith('Input')) return `What ${operation('Input')} is given.`
  return undefined
}

function describeField({ parentType, name }: { parentType: string; name: string }): string | undefined {
  if (parentType === 'PageInfo') return pageInfo[name]
  if (parentType.endsWith('ConnectionEdge'))
    return name === 'cursor' ? 'Opaque. For `after` and `before` of this list, while it has the same filter.' : 'The entry itself.'
  if (parentType.endsWith('Connection')) return name === 'edges' ? 'The entries, in the order of the list.' : 'Whether there is more.'
  return fields[name]
}

function describeInput(field: { name: string; parentType: string; kind: string }): string | undefined {
  const { name, parentType, kind } = field
  if (kind === 'Arg' && name in args) return args[name]
  const isRefused = parentType === 'Subscription' || (kind === 'InputObject' && parentType.endsWith('Input'))
  if (!isRefused || !name.endsWith('Id')) return undefined
  const owner = owners[name] ?? `${name[0]!.toUpperCase()}${name.slice(1, -2)}`
  return `The \`id\` of ${/^[AEIOU]/.test(owner) ? 'an' : 'a'} ${owner}. NOT_FOUND when there is none, or it is not yours to see.`
}

SchemaBuilder.registerPlugin('usualDescriptions', UsualDescriptionsPlugin)
export default 'usualDescriptions' as const
