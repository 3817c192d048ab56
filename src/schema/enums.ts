import {
  ArticlePairKind as ArticlePairKinds,
  ArticleStatus as ArticleStatuses,
  Audience as Audiences,
  ConversationStatus as ConversationStatuses,
  DraftStatus as DraftStatuses,
  EscalationReason as EscalationReasons,
  FeedbackRating as FeedbackRatings,
  FeedbackReason as FeedbackReasons,
  GapSource as GapSources,
  GenerationState as GenerationStates,
  GeneratorKind as GeneratorKinds,
  IndexState as IndexStates,
  MessageKind as MessageKinds,
  OperationStatus as OperationStatuses,
  Role as Roles,
  RunStatus as RunStatuses,
  Tone as Tones,
  TrainingExampleState as TrainingExampleStates,
  WebhookDeliveryStatus as WebhookDeliveryStatuses,
  WebhookEvent as WebhookEvents,
} from '../generated/prisma/client.ts'
import { builder } from './builder.ts'

export const Role = builder.enumType(Roles, { name: 'Role' })
export const ConversationStatus = builder.enumType(ConversationStatuses, {
  name: 'ConversationStatus',
  description:
    'OPEN: ours to answer. PENDING: the customer’s turn. SNOOZED: comes back at a time. RESOLVED: done, until the customer writes again inside the reopen window.',
})
export const MessageKind = builder.enumType(MessageKinds, {
  name: 'MessageKind',
  description:
    'CUSTOMER: from the customer. FINAL: a draft sent as it was. AGENT_EDITED: a draft changed and sent. AGENT_ONLY: written by an agent. NOTE: for the team only.',
})
export const DraftStatus = builder.enumType(DraftStatuses, { name: 'DraftStatus' })
export const GenerationState = builder.enumType(GenerationStates, {
  name: 'GenerationState',
  description: 'BUILDING: beside the live one, and never searched. LIVE: it answers. KEPT: the one before, to go back to.',
})
export const GeneratorKind = builder.enumType(GeneratorKinds, {
  name: 'GeneratorKind',
  description: 'Which generator wrote it. EXTRACTIVE composes sentences of the articles; it never invents, and needs no model.',
})
export const Tone = builder.enumType(Tones, { name: 'Tone' })
export const EscalationReason = builder.enumType(EscalationReasons, { name: 'EscalationReason' })
export const FeedbackRating = builder.enumType(FeedbackRatings, { name: 'FeedbackRating' })
export const FeedbackReason = builder.enumType(FeedbackReasons, { name: 'FeedbackReason' })
export const TrainingExampleState = builder.enumType(TrainingExampleStates, {
  name: 'TrainingExampleState',
  description: 'CANDIDATE: waits for a review. APPROVED: the next retraining may use it. EXCLUDED: no retraining will.',
})
export const ArticleStatus = builder.enumType(ArticleStatuses, { name: 'ArticleStatus', description: 'Only PUBLISHED articles are found.' })
export const Audience = builder.enumType(Audiences, {
  name: 'Audience',
  description: 'INTERNAL articles inform agents and are never quoted to customers.',
})
export const IndexState = builder.enumType(IndexStates, {
  name: 'IndexState',
  description: 'PENDING: stored, and searchable soon. INDEXED: searchable. FAILED: `indexError` says why.',
})
export const RunStatus = builder.enumType(RunStatuses, { name: 'RunStatus' })
export const GapSource = builder.enumType(GapSources, {
  name: 'GapSource',
  description:
    'WEAK_EVIDENCE: nothing that was found answered it. UNCITED_CORRECTION: an agent wrote what no source of the draft says. ESCALATION: it was handed to a person for missing knowledge.',
})
export const ArticlePairKind = builder.enumType(ArticlePairKinds, {
  name: 'ArticlePairKind',
  description: 'DUPLICATE: most of one is in the other too. CONTRADICTION: they give different numbers, times or amounts for the same thing.',
})
export const OperationStatus = builder.enumType(OperationStatuses, {
  name: 'OperationStatus',
  description:
    'DRAFT: registered, and refused until `activateOperations`. ACTIVE: answered. DEPRECATED: answered with a warning, until `sunsetAt`. RETIRED: refused.',
})
export const WebhookEvent = builder.enumType(WebhookEvents, {
  name: 'WebhookEvent',
  description:
    'MESSAGE_ADDED: by the customer or an agent; notes are none. REPLY_SENT: an agent has answered, which is a MESSAGE_ADDED too. DRAFT_READY: a draft can be sent. RETRAINING_COMPLETED and EXPERIMENT_DECIDED: of the model.',
})
export const WebhookDeliveryStatus = builder.enumType(WebhookDeliveryStatuses, {
  name: 'WebhookDeliveryStatus',
  description:
    'PENDING: waits for its first or next attempt. DELIVERED: the receiver took it. FAILED: given up, after ten attempts or because the webhook was disabled.',
})
