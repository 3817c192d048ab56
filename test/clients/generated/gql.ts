/* eslint-disable */
import * as types from './graphql.ts';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "mutation OpenConversation($input: OpenConversationInput!) {\n  openConversation(input: $input) {\n    ... on Conversation {\n      id\n    }\n    ... on Error {\n      message\n      code\n    }\n  }\n}\n\nmutation DraftReply($input: DraftReplyInput!) {\n  draftReply(input: $input) {\n    ... on Draft {\n      id\n    }\n    ... on Error {\n      message\n      code\n    }\n  }\n}\n\nsubscription FollowDraft($draftId: ID!, $afterSeq: Int) {\n  draftEvents(draftId: $draftId, afterSeq: $afterSeq) {\n    seq\n    ... on DraftSnapshot {\n      text\n    }\n    ... on DraftDelta {\n      offset\n      text\n    }\n    ... on DraftFailed {\n      message\n    }\n  }\n}\n\nquery Inbox($first: Int, $after: String) {\n  conversations(first: $first, after: $after) {\n    edges {\n      node {\n        id\n        status\n        lastMessage {\n          id\n          text\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nquery OneConversation($id: ID!) {\n  node(id: $id) {\n    id\n    ... on Conversation {\n      status\n      customer {\n        name\n      }\n    }\n  }\n}": typeof types.OpenConversationDocument,
};
const documents: Documents = {
    "mutation OpenConversation($input: OpenConversationInput!) {\n  openConversation(input: $input) {\n    ... on Conversation {\n      id\n    }\n    ... on Error {\n      message\n      code\n    }\n  }\n}\n\nmutation DraftReply($input: DraftReplyInput!) {\n  draftReply(input: $input) {\n    ... on Draft {\n      id\n    }\n    ... on Error {\n      message\n      code\n    }\n  }\n}\n\nsubscription FollowDraft($draftId: ID!, $afterSeq: Int) {\n  draftEvents(draftId: $draftId, afterSeq: $afterSeq) {\n    seq\n    ... on DraftSnapshot {\n      text\n    }\n    ... on DraftDelta {\n      offset\n      text\n    }\n    ... on DraftFailed {\n      message\n    }\n  }\n}\n\nquery Inbox($first: Int, $after: String) {\n  conversations(first: $first, after: $after) {\n    edges {\n      node {\n        id\n        status\n        lastMessage {\n          id\n          text\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nquery OneConversation($id: ID!) {\n  node(id: $id) {\n    id\n    ... on Conversation {\n      status\n      customer {\n        name\n      }\n    }\n  }\n}": types.OpenConversationDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation OpenConversation($input: OpenConversationInput!) {\n  openConversation(input: $input) {\n    ... on Conversation {\n      id\n    }\n    ... on Error {\n      message\n      code\n    }\n  }\n}\n\nmutation DraftReply($input: DraftReplyInput!) {\n  draftReply(input: $input) {\n    ... on Draft {\n      id\n    }\n    ... on Error {\n      message\n      code\n    }\n  }\n}\n\nsubscription FollowDraft($draftId: ID!, $afterSeq: Int) {\n  draftEvents(draftId: $draftId, afterSeq: $afterSeq) {\n    seq\n    ... on DraftSnapshot {\n      text\n    }\n    ... on DraftDelta {\n      offset\n      text\n    }\n    ... on DraftFailed {\n      message\n    }\n  }\n}\n\nquery Inbox($first: Int, $after: String) {\n  conversations(first: $first, after: $after) {\n    edges {\n      node {\n        id\n        status\n        lastMessage {\n          id\n          text\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nquery OneConversation($id: ID!) {\n  node(id: $id) {\n    id\n    ... on Conversation {\n      status\n      customer {\n        name\n      }\n    }\n  }\n}"): (typeof documents)["mutation OpenConversation($input: OpenConversationInput!) {\n  openConversation(input: $input) {\n    ... on Conversation {\n      id\n    }\n    ... on Error {\n      message\n      code\n    }\n  }\n}\n\nmutation DraftReply($input: DraftReplyInput!) {\n  draftReply(input: $input) {\n    ... on Draft {\n      id\n    }\n    ... on Error {\n      message\n      code\n    }\n  }\n}\n\nsubscription FollowDraft($draftId: ID!, $afterSeq: Int) {\n  draftEvents(draftId: $draftId, afterSeq: $afterSeq) {\n    seq\n    ... on DraftSnapshot {\n      text\n    }\n    ... on DraftDelta {\n      offset\n      text\n    }\n    ... on DraftFailed {\n      message\n    }\n  }\n}\n\nquery Inbox($first: Int, $after: String) {\n  conversations(first: $first, after: $after) {\n    edges {\n      node {\n        id\n        status\n        lastMessage {\n          id\n          text\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nquery OneConversation($id: ID!) {\n  node(id: $id) {\n    id\n    ... on Conversation {\n      status\n      customer {\n        name\n      }\n    }\n  }\n}"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;