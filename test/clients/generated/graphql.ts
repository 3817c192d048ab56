/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** Whose turn it is. Messages and replies move it by themselves. */
export type ConversationStatus =
  /** Ours to answer. */
  | 'OPEN'
  /** The customer’s turn. */
  | 'PENDING'
  /** Done, until the customer writes again inside the reopen window. */
  | 'RESOLVED'
  /** Comes back at `snoozedUntil`, or when the customer writes. */
  | 'SNOOZED';

/** Whom a conversation is with. */
export type CustomerInput = {
  /** Up to 254 characters. For a customer who is known it replaces the address. */
  email?: string | null | undefined;
  /** The id that your own systems know them by. Without it a new customer is made. */
  externalId?: string | null | undefined;
  /** Up to 200 characters. For a customer who is known it replaces the name. */
  name?: string | null | undefined;
};

/** What `draftReply` is given. */
export type DraftReplyInput = {
  /** The `id` of a Conversation. NOT_FOUND when there is none, or it is not yours to see. */
  conversationId: string;
  /** What the agent wants said, in their own words; up to 2,000 characters. A language model follows it; the extractive generator cannot. */
  instruction?: string | null | undefined;
  /** How it should sound. A language model follows it; the extractive generator cannot. */
  tone?: Tone | null | undefined;
};

/** What kind of failure it is, for programs. New ones may come. */
export type ErrorCode =
  /** It is different by now, or it cannot be done in its present state. Read it again. */
  | 'CONFLICT'
  /** There is nothing to answer any more. Reopen it first. */
  | 'CONVERSATION_RESOLVED'
  /** The draft is still being written, or has come to its end. */
  | 'DRAFT_NOT_READY'
  /** A newer message, reply or draft has overtaken it. Draft again. */
  | 'DRAFT_SUPERSEDED'
  /** The role may not do it. */
  | 'FORBIDDEN'
  /** The language model does not answer. Try again later. */
  | 'GENERATOR_UNAVAILABLE'
  /** The key was used before with other input. Use a new key. */
  | 'IDEMPOTENCY_CONFLICT'
  /** A value is missing, too long, or not of the form it must have. The same again fails again. */
  | 'INVALID_INPUT'
  /** There are too few examples to learn from. */
  | 'NOT_ENOUGH_DATA'
  /** There is no such object, or it is not yours to see. */
  | 'NOT_FOUND'
  /** Too many drafts are waiting. Try again in a moment. */
  | 'QUEUE_FULL';

/** What `openConversation` is given. */
export type OpenConversationInput = {
  /** Where it came from, such as web or email. */
  channel?: string | null | undefined;
  /** Ignored with a customer’s key: the customer is the key’s. */
  customer?: CustomerInput | null | undefined;
  /** The same key and input again give the same conversation. Without it the request’s Idempotency-Key serves, if there is one. */
  idempotencyKey?: string | null | undefined;
  /** 1 to 20,000 characters. */
  message: string;
  /** What it is about, in one line of up to 300 characters. */
  subject?: string | null | undefined;
};

/** How a draft should sound. */
export type Tone =
  /** Formal and polite. */
  | 'FORMAL'
  /** Warm and friendly. */
  | 'FRIENDLY'
  /** In more detail, up to 200 words. */
  | 'LONGER'
  /** As short as it can be, at most three sentences. */
  | 'SHORTER'
  /** Simple words and short sentences. */
  | 'SIMPLER';

export type OpenConversationMutationVariables = Exact<{
  input: OpenConversationInput;
}>;


export type OpenConversationMutation = { __typename: 'Mutation', openConversation:
    | { __typename: 'Conversation', id: string }
    | { __typename: 'IdempotencyConflictError', message: string, code: ErrorCode }
    | { __typename: 'InvalidInputError', message: string, code: ErrorCode }
   };

export type DraftReplyMutationVariables = Exact<{
  input: DraftReplyInput;
}>;


export type DraftReplyMutation = { __typename: 'Mutation', draftReply:
    | { __typename: 'ConflictError', message: string, code: ErrorCode }
    | { __typename: 'ConversationResolvedError', message: string, code: ErrorCode }
    | { __typename: 'Draft', id: string }
    | { __typename: 'InvalidInputError', message: string, code: ErrorCode }
    | { __typename: 'NotFoundError', message: string, code: ErrorCode }
    | { __typename: 'QueueFullError', message: string, code: ErrorCode }
   };

export type FollowDraftSubscriptionVariables = Exact<{
  draftId: string;
  afterSeq?: number | null | undefined;
}>;


export type FollowDraftSubscription = { draftEvents:
    | { __typename: 'DraftCancelled', seq: number }
    | { __typename: 'DraftCompleted', seq: number }
    | { __typename: 'DraftDelta', offset: number, text: string, seq: number }
    | { __typename: 'DraftFailed', message: string, seq: number }
    | { __typename: 'DraftRouted', seq: number }
    | { __typename: 'DraftSnapshot', text: string, seq: number }
    | { __typename: 'DraftSourcesFound', seq: number }
    | { __typename: 'DraftStarted', seq: number }
   };

export type InboxQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type InboxQuery = { __typename: 'Query', conversations: { __typename: 'QueryConversationsConnection', edges: Array<{ __typename: 'QueryConversationsConnectionEdge', node: { __typename: 'Conversation', id: string, status: ConversationStatus, lastMessage: { __typename: 'Message', id: string, text: string } | null } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type OneConversationQueryVariables = Exact<{
  id: string;
}>;


export type OneConversationQuery = { __typename: 'Query', node:
    | { __typename: 'Agent', id: string }
    | { __typename: 'ApiKey', id: string }
    | { __typename: 'Article', id: string }
    | { __typename: 'ArticlePair', id: string }
    | { __typename: 'Conversation', status: ConversationStatus, id: string, customer: { __typename: 'Customer', name: string | null } }
    | { __typename: 'Customer', id: string }
    | { __typename: 'DatasetExport', id: string }
    | { __typename: 'Draft', id: string }
    | { __typename: 'EvaluationRun', id: string }
    | { __typename: 'Experiment', id: string }
    | { __typename: 'ExperimentVariant', id: string }
    | { __typename: 'Feedback', id: string }
    | { __typename: 'FineTuningRun', id: string }
    | { __typename: 'ImportRun', id: string }
    | { __typename: 'Intent', id: string }
    | { __typename: 'KnowledgeGap', id: string }
    | { __typename: 'Message', id: string }
    | { __typename: 'ModelBuildRun', id: string }
    | { __typename: 'ModelVersion', id: string }
    | { __typename: 'OperationManifest', id: string }
    | { __typename: 'Partner', id: string }
    | { __typename: 'ReindexRun', id: string }
    | { __typename: 'RetrainingRun', id: string }
    | { __typename: 'SatisfactionRating', id: string }
    | { __typename: 'TrainingExample', id: string }
    | { __typename: 'Webhook', id: string }
    | { __typename: 'WebhookDelivery', id: string }
   | null };


export const OpenConversationDocument = {"__meta__":{"hash":"sha256:9fa69e96565650c0d9da6593ed661a8a9736edf6dccde5643d05b509170e8d4d"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"OpenConversation"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"OpenConversationInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"openConversation"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Conversation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}}]} as unknown as DocumentNode<OpenConversationMutation, OpenConversationMutationVariables>;
export const DraftReplyDocument = {"__meta__":{"hash":"sha256:0d8eee5ddf461e5a006ad30e97e985a571594cb687db06456493e6fcdc1b614c"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DraftReply"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DraftReplyInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"draftReply"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Draft"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}}]} as unknown as DocumentNode<DraftReplyMutation, DraftReplyMutationVariables>;
export const FollowDraftDocument = {"__meta__":{"hash":"sha256:00fc99e9ce6c460e086b16e58361c04702b90dc6c91f2615284d60962b95fe6e"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"FollowDraft"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"draftId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"afterSeq"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"draftEvents"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"draftId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"draftId"}}},{"kind":"Argument","name":{"kind":"Name","value":"afterSeq"},"value":{"kind":"Variable","name":{"kind":"Name","value":"afterSeq"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"seq"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DraftSnapshot"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"text"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DraftDelta"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"offset"}},{"kind":"Field","name":{"kind":"Name","value":"text"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DraftFailed"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<FollowDraftSubscription, FollowDraftSubscriptionVariables>;
export const InboxDocument = {"__meta__":{"hash":"sha256:a810678c395770bd63ac5f4037741fda8e16c4dfc6e0d824c44d56bc6e83b45d"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Inbox"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"conversations"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"lastMessage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"text"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<InboxQuery, InboxQueryVariables>;
export const OneConversationDocument = {"__meta__":{"hash":"sha256:d8429b265029324c238a267af877b71b7ec31f311c94e1470f29f351683917ee"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OneConversation"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Conversation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]}}]} as unknown as DocumentNode<OneConversationQuery, OneConversationQueryVariables>;