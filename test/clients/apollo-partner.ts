// #region apollo-partner
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client'
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries'
import { GraphQLWsLink } from '@apollo/client/link/subscriptions'
import { type DocumentNode, OperationTypeNode } from 'graphql'
import { createClient } from 'graphql-ws'
import possibleTypes from '../../possible-types.json' with { type: 'json' }

/** For a partner's key, which runs registered operations only: nothing but their hashes is sent. */
export function apolloForPartner(url: string, key: string) {
  const socket = createClient({
    url: url.replace(/^http/, 'ws'),
    connectionParams: { authorization: `Bearer ${key}` },
    shouldRetry: (problem) => (problem as { code?: number }).code !== 4403,
    retryAttempts: Number.POSITIVE_INFINITY,
    // GraphQLWsLink sends the text beside the hash, as Apollo prints it. That is not the text that is registered, and so it is refused.
    jsonMessageReplacer: (name, value) => (name === 'query' ? '' : value),
  })
  const client = new ApolloClient({
    cache: new InMemoryCache({ possibleTypes }),
    link: ApolloLink.from([
      // client-preset leaves the hash of each document in it, by `persistedDocuments: { hashAlgorithm: 'sha256' }`.
      new PersistedQueryLink({ generateHash: (document) => (document as DocumentNode & { __meta__: { hash: string } }).__meta__.hash }),
      ApolloLink.split(
        ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
        new GraphQLWsLink(socket),
        new HttpLink({ uri: url, headers: { authorization: `Bearer ${key}` } }),
      ),
    ]),
  })
  return { client, socket }
}
// #endregion
