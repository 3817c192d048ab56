import type { Base } from '../knowledge/open-base.ts'

export interface Registered {
  hash: string
  name: string
  type: string
  body: string
  cost: number
  status: string
  lastUsedAt: string | null
  sunsetAt: string | null
  partner: { name: string }
}

const query = `query Registered($after: String) {
  registeredOperations(first: 100, after: $after) {
    edges { node { hash name type body cost status lastUsedAt sunsetAt partner { name } } }
    pageInfo { hasNextPage endCursor }
  }
}`

interface Page {
  edges: { node: Registered }[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}

/** All of all partners, by partner and name. */
export async function readRegistered(base: Base): Promise<Registered[]> {
  const all: Registered[] = []
  let after: string | null = null
  do {
    const { registeredOperations }: { registeredOperations: Page } = await base.ask(query, { after })
    all.push(...registeredOperations.edges.map(({ node }) => node))
    after = registeredOperations.pageInfo.hasNextPage ? registeredOperations.pageInfo.endCursor : null
  } while (after !== null)
  return all.sort((a, b) => a.partner.name.localeCompare(b.partner.name) || a.name.localeCompare(b.name))
}
