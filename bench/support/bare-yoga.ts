// A server as small as Yoga allows, in a process of its own: no database, no keys, one answer and one event that are always the same.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { useServer as speakProtocol } from 'graphql-ws/use/ws'
import { createSchema, createYoga } from 'graphql-yoga'
import { WebSocketServer } from 'ws'
import { serveParent } from './child.ts'

export type BareYoga = { start: () => Promise<string> }

const schema = createSchema({
  typeDefs: /* GraphQL */ `
    type Query { ready: Boolean! }
    type Draft { id: ID! }
    input DraftReplyInput { conversationId: ID! }
    type Mutation { draftReply(input: DraftReplyInput!): Draft! }
    type DraftDelta { seq: Int! at: String! offset: Int! text: String! }
    type Subscription { draftEvents(draftId: ID!): DraftDelta! }
  `,
  resolvers: {
    Mutation: { draftReply: () => ({ id: 'a-draft' }) },
    Subscription: {
      draftEvents: {
        subscribe: async function* () {
          yield { seq: 1, at: new Date().toISOString(), offset: 0, text: 'Hi there,\n\nThanks for your message.' }
        },
        resolve: (event: unknown) => event,
      },
    },
  },
})

serveParent({
  async start() {
    const yoga = createYoga({ schema, logging: false, graphiql: false })
    const server: Server = createServer(yoga)
    speakProtocol({ schema }, new WebSocketServer({ server, path: '/graphql' }))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
  },
} satisfies BareYoga)
