import { buildSchema } from 'graphql'
import { expect, it } from 'vitest'
import { hasOwnKey, showsSecret } from './mutation-traits.ts'

const schema = buildSchema(`
  type Query { a: Int }
  input KeyedInput { idempotencyKey: String }
  input PlainInput { text: String }
  type CreatedKey { secret: String! key: Key! }
  type CustomerToken { token: String! }
  type Key { id: ID! prefix: String! promptTokens: Int }
  type Problem { message: String! }
  union CreateKeyResult = CreatedKey | Problem
  union RevokeKeyResult = Key | Problem
  type Mutation {
    createKey(input: PlainInput!): CreateKeyResult!
    revokeKey(input: PlainInput!): RevokeKeyResult!
    createToken: CustomerToken!
    add(input: KeyedInput!): RevokeKeyResult!
  }`)

it('knows which answers may hold a secret', () => {
  expect(['createKey', 'createToken', 'revokeKey', 'add', 'unknown'].filter((field) => showsSecret(schema, field))).toEqual([
    'createKey',
    'createToken',
  ])
})

it('knows which inputs have a key of their own', () => {
  expect(['createKey', 'createToken', 'revokeKey', 'add', 'unknown'].filter((field) => hasOwnKey(schema, field))).toEqual(['add'])
})
