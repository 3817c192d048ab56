import { readdirSync, readFileSync } from 'node:fs'
import { type FragmentDefinitionNode, Kind, type OperationDefinitionNode, parse, visit } from 'graphql'

const folder = new URL('./', import.meta.url)

export interface ContractOperation {
  name: string
  file: string
  definition: OperationDefinitionNode
  /** The fragments that it uses, directly or not. */
  fragments: FragmentDefinitionNode[]
}

/** Every operation of the contract. */
export function readContract(): ContractOperation[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .flatMap((file) => {
      const { definitions } = parse(readFileSync(new URL(file, folder), 'utf8'))
      const fragments = new Map(definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [])))
      return definitions.flatMap((definition) =>
        definition.kind === Kind.OPERATION_DEFINITION
          ? [{ name: definition.name!.value, file, definition, fragments: used(definition, fragments) }]
          : [],
      )
    })
}

function used(definition: OperationDefinitionNode, fragments: Map<string, FragmentDefinitionNode>): FragmentDefinitionNode[] {
  const found = new Set<FragmentDefinitionNode>()
  visit(definition, {
    FragmentSpread({ name }) {
      const fragment = fragments.get(name.value)
      if (fragment) found.add(fragment)
    },
  })
  return [...found]
}
