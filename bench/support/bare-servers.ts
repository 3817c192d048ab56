// Bare Yoga and Mercurius with one list that is always the same, in a process of their own: no database, no keys, no limits.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import { createSchema, createYoga } from 'graphql-yoga'
import mercurius from 'mercurius'
import { serveParent } from './child.ts'

export interface BareServers extends Record<string, (input: never) => unknown> {
  yoga: (list: unknown) => Promise<string>
  mercurius: (list: unknown) => Promise<string>
}

const typeDefs = /* GraphQL */ `
  type Person { id: ID! name: String }
  type Message { id: ID! text: String! kind: String! }
  type Conversation { id: ID! status: String! subject: String intent: String updatedAt: String! customer: Person! assignee: Person lastMessage: Message }
  type Edge { cursor: String! node: Conversation! }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type Connection { edges: [Edge!]! pageInfo: PageInfo! }
  type Query { conversations(first: Int): Connection! }
`

const handlers: BareServers = {
  async yoga(list) {
    const schema = createSchema({ typeDefs, resolvers: { Query: { conversations: () => list } } })
    const server = createServer(createYoga({ schema, logging: false, graphiql: false }))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
  },
  async mercurius(list) {
    const server = Fastify()
    server.register(mercurius, { schema: typeDefs, resolvers: { Query: { conversations: () => list } } })
    return `${await server.listen({ port: 0, host: '127.0.0.1' })}/graphql`
  },
}
serveParent(handlers)
