import { type DirectiveNode, type DocumentNode, type FragmentDefinitionNode, GraphQLError, Kind, type SelectionSetNode, TokenKind } from 'graphql'
import type { DocumentLimits } from './document-limits.ts'

export type DocumentMeasure = Omit<DocumentLimits, 'characters' | 'cost'> & { introspects: boolean }

interface Size {
  depth: number
  aliases: number
  directives: number
  /** Of this selection alone, and of the widest one in it. */
  own: number
  breadth: number
  fields: number
  introspects: boolean
}

const measures = new WeakMap<DocumentNode, DocumentMeasure>()

/**
 * How large a document is when its fragments are written out. Each fragment is measured once, so that a bomb of fragments costs what its text is
 * long; what is nobody's operation is measured too, because validation reads it. Throws when a fragment spreads itself.
 */
export function measureDocument(document: DocumentNode): DocumentMeasure {
  const known = measures.get(document)
  if (known) return known
  const measure = measureNew(document)
  measures.set(document, measure)
  return measure
}

function measureNew(document: DocumentNode): DocumentMeasure {
  const fragments = new Map(document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION).map((node) => [nameOf(node), node]))
  const sizes = new Map<string, Size>()
  const open = new Set<string>()

  function sizeOfFragment(name: string): Size {
    const size = sizes.get(name)
    if (size) return size
    // Validation says that it is missing.
    const fragment = fragments.get(name) as FragmentDefinitionNode | undefined
    if (!fragment) return none()
    if (open.has(name)) throw spreadsItself(fragment)
    open.add(name)
    const found = sizeOf(fragment.selectionSet, fragment.directives)
    open.delete(name)
    sizes.set(name, found)
    return found
  }

  function sizeOf({ selections }: SelectionSetNode, directives: readonly DirectiveNode[] = []): Size {
    const size = { ...none(), directives: directives.length }
    for (const selection of selections) {
      size.directives += selection.directives?.length ?? 0
      if (selection.kind === Kind.FIELD) {
        const name = selection.name.value
        if (selection.alias && selection.alias.value !== name) size.aliases += 1
        if (name === '__schema' || name === '__type') size.introspects = true
        size.own += 1
        size.fields += 1
        const inner = selection.selectionSet ? sizeOf(selection.selectionSet) : none()
        // What a schema says of itself is nested deeply by every tool, and validation has its own limit for that.
        size.depth = Math.max(size.depth, name === '__schema' || name === '__type' ? 1 : inner.depth + 1)
        add(size, inner)
      } else {
        const inner = selection.kind === Kind.FRAGMENT_SPREAD ? sizeOfFragment(selection.name.value) : sizeOf(selection.selectionSet)
        size.own += inner.own
        size.depth = Math.max(size.depth, inner.depth)
        add(size, inner)
      }
    }
    size.breadth = Math.max(size.breadth, size.own)
    return size
  }

  const total = none()
  let rootFields = 0
  for (const node of document.definitions) {
    if (node.kind !== Kind.OPERATION_DEFINITION && node.kind !== Kind.FRAGMENT_DEFINITION) continue
    const size = node.kind === Kind.OPERATION_DEFINITION ? sizeOf(node.selectionSet, node.directives) : sizeOfFragment(node.name.value)
    if (node.kind === Kind.OPERATION_DEFINITION) {
      rootFields = Math.max(rootFields, size.own)
      total.depth = Math.max(total.depth, size.depth)
      add(total, size)
    }
    // One that is used is in its operation already.
    else for (const name of ['aliases', 'directives', 'breadth', 'fields'] as const) total[name] = Math.max(total[name], size[name])
    total.introspects ||= size.introspects
  }
  const { depth, aliases, directives, breadth, fields, introspects } = total
  return { ...tokensOf(document), definitions: document.definitions.length, depth, aliases, directives, breadth, rootFields, fields, introspects }
}

function add(size: Size, inner: Size): void {
  size.aliases += inner.aliases
  size.directives += inner.directives
  size.fields += inner.fields
  size.breadth = Math.max(size.breadth, inner.breadth)
  size.introspects ||= inner.introspects
}

const none = (): Size => ({ depth: 0, aliases: 0, directives: 0, own: 0, breadth: 0, fields: 0, introspects: false })

function tokensOf({ loc }: DocumentNode): { tokens: number; nesting: number } {
  let tokens = 0
  let nesting = 0
  let level = 0
  for (let token = loc?.startToken.next ?? null; token && token.kind !== TokenKind.EOF; token = token.next) {
    if (token.kind === TokenKind.COMMENT) continue
    tokens += 1
    if (token.kind === TokenKind.BRACE_L || token.kind === TokenKind.BRACKET_L || token.kind === TokenKind.PAREN_L)
      nesting = Math.max(nesting, ++level)
    else if (token.kind === TokenKind.BRACE_R || token.kind === TokenKind.BRACKET_R || token.kind === TokenKind.PAREN_R) level -= 1
  }
  return { tokens, nesting }
}

const nameOf = (node: object) => (node as FragmentDefinitionNode).name.value

function spreadsItself({ name }: FragmentDefinitionNode): GraphQLError {
  return new GraphQLError(`Fragment "${name.value}" spreads itself, so that it would never end. Write out the levels that you need.`, {
    nodes: [name],
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED', http: { status: 400, spec: true } },
  })
}
