import {
  ArticlePairKind as ArticlePairKinds,
  ArticleStatus as ArticleStatuses,
  Audience as Audiences,
  ConversationStatus as ConversationStatuses,
  DraftStatus as DraftStatuses,
  EscalationReason as EscalationReasons,
  ExperimentMetric as ExperimentMetrics,
  ExperimentOutcome as ExperimentOutcomes,
  ExperimentStatus as ExperimentStatuses,
  FeedbackRating as FeedbackRatings,
  FeedbackReason as FeedbackReasons,
  GapSource as GapSources,
  GenerationState as GenerationStates,
  GeneratorKind as GeneratorKinds,
  IndexState as IndexStates,
  MessageKind as MessageKinds,
  ModelVersionKind as ModelVersionKinds,
  ModelVersionStatus as ModelVersionStatuses,
  OperationStatus as OperationStatuses,
  PromotionReason as PromotionReasons,
  RetrainingTrigger as RetrainingTriggers,
  Role as Roles,
  RunStatus as RunStatuses,
  Tone as Tones,
  TrainingExampleState as TrainingExampleStates,
  TrainingLesson as TrainingLessons,
  WebhookDeliveryStatus as WebhookDeliveryStatuses,
  WebhookEvent as WebhookEvents,
} from '../generated/prisma/client.ts'
import { builder } from './builder.ts'

export const Role = builder.enumType(Roles, {
  name: 'Role',
  description: 'What a key or token may do.',
  values: {
    ADMIN: { description: 'Everything, keys and settings included.' },
    AGENT: { description: 'The desk: conversations, drafts, articles, intents.' },
    CUSTOMER: { description: 'Only their own conversations, without drafts, notes, routing and scores.' },
    PARTNER: { description: 'Only its registered operations, and only conversations that it opened.' },
  },
})
export const ConversationStatus = builder.enumType(ConversationStatuses, {
  name: 'ConversationStatus',
  description: 'Whose turn it is. Messages and replies move it by themselves.',
  values: {
    OPEN: { description: 'Ours to answer.' },
    PENDING: { description: 'The customer’s turn.' },
    SNOOZED: { description: 'Comes back at `snoozedUntil`, or when the customer writes.' },
    RESOLVED: { description: 'Done, until the customer writes again inside the reopen window.' },
  },
})
export const MessageKind = builder.enumType(MessageKinds, {
  name: 'MessageKind',
  description: 'Who wrote a message, and whether a draft stands behind it.',
  values: {
    CUSTOMER: { description: 'From the customer.' },
    FINAL: { description: 'A draft sent as it was.' },
    AGENT_EDITED: { description: 'A draft changed and sent.' },
    AGENT_ONLY: { description: 'Written by an agent.' },
    NOTE: { description: 'For the team only.' },
  },
})
export const DraftStatus = builder.enumType(DraftStatuses, {
  name: 'DraftStatus',
  description: 'How far a draft is. QUEUED, STREAMING and READY are on the way; the others are its end.',
  values: {
    QUEUED: { description: 'Waits for a worker; `queuePosition` says how long.' },
    STREAMING: { description: 'Being written: follow it with `draftEvents`.' },
    READY: { description: 'Written, and waits for an agent to send or reject it.' },
    SENT: { description: 'It went to the customer, changed or not.' },
    REJECTED: { description: 'An agent said that it is not to be used.' },
    SUPERSEDED: { description: 'A newer message, reply or draft has overtaken it.' },
    CANCELLED: { description: 'Somebody stopped it with `cancelDraft`.' },
    FAILED: { description: 'It could not be written: `failure` says why.' },
  },
})
export const GenerationState = builder.enumType(GenerationStates, {
  name: 'GenerationState',
  description: 'Whether an index answers searches.',
  values: {
    BUILDING: { description: 'Beside the live one, and never searched.' },
    LIVE: { description: 'It answers.' },
    KEPT: { description: 'The one before, to go back to.' },
  },
})
export const GeneratorKind = builder.enumType(GeneratorKinds, {
  name: 'GeneratorKind',
  description: 'Which generator wrote it.',
  values: {
    OLLAMA: { description: 'A language model behind Ollama.' },
    OPENAI: { description: 'A language model behind an OpenAI-compatible server.' },
    EXTRACTIVE: { description: 'Sentences of the articles put together: it never invents, and needs no model.' },
  },
})
export const Tone = builder.enumType(Tones, {
  name: 'Tone',
  description: 'How a draft should sound.',
  values: {
    FRIENDLY: { description: 'Warm and friendly.' },
    FORMAL: { description: 'Formal and polite.' },
    SHORTER: { description: 'As short as it can be, at most three sentences.' },
    LONGER: { description: 'In more detail, up to 200 words.' },
    SIMPLER: { description: 'Simple words and short sentences.' },
  },
})
export const EscalationReason = builder.enumType(EscalationReasons, {
  name: 'EscalationReason',
  description: 'Why a person should answer.',
  values: {
    CUSTOMER_ASKED: { description: 'The customer wants to talk to a person.' },
    MISSING_KNOWLEDGE: { description: 'The articles do not answer it.' },
    LOW_CONFIDENCE: { description: 'The articles may answer it, but it is urgent and they fit poorly, or its subject is unsure.' },
    OUT_OF_SCOPE: { description: 'It is unlike anything the intents cover, and the articles hardly fit.' },
    NEGATIVE_SENTIMENT: { description: 'The customer is angry.' },
    LEGAL_OR_SAFETY: { description: 'Law, the press, harm, or a stranger in their account.' },
    REPEATED_QUESTION: { description: 'They ask again what was answered before.' },
    POLICY: { description: 'Only a staff article answers it: a person decides what the customer is told.' },
    OTHER: { description: 'An agent’s own reason: the note says it.' },
  },
})
export const FeedbackRating = builder.enumType(FeedbackRatings, {
  name: 'FeedbackRating',
  description: 'How good a draft was as a whole.',
  values: {
    HELPFUL: { description: 'It could be sent as it was.' },
    NOT_HELPFUL: { description: 'It was of no use.' },
    NEEDS_IMPROVEMENT: { description: 'It could be sent after changes.' },
  },
})
export const FeedbackReason = builder.enumType(FeedbackReasons, {
  name: 'FeedbackReason',
  description: 'What is wrong with a draft.',
  values: {
    INCORRECT: { description: 'It says something that is not so.' },
    INAPPROPRIATE: { description: 'No customer should be told this.' },
    INCOMPLETE: { description: 'A part of the question has no answer.' },
    OUTDATED: { description: 'It was right once.' },
    TONE: { description: 'It sounds wrong: too cold, too familiar.' },
    STYLE: { description: 'It is badly written: too long, hard to read.' },
    POLICY: { description: 'It promises or refuses what our rules do not.' },
    OTHER: { description: 'Something else: the notes say it.' },
  },
})
export const TrainingExampleState = builder.enumType(TrainingExampleStates, {
  name: 'TrainingExampleState',
  description: 'Whether a retraining may use an example.',
  values: {
    CANDIDATE: { description: 'Waits for a review.' },
    APPROVED: { description: 'The next retraining may use it.' },
    EXCLUDED: { description: 'No retraining will.' },
  },
})
export const TrainingLesson = builder.enumType(TrainingLessons, {
  name: 'TrainingLesson',
  description: 'What a correction teaches.',
  values: {
    STYLE: { description: 'The same, said better.' },
    MISSING_FACT: { description: 'Something that the draft left out.' },
    WRONG_FACT: { description: 'Something that the draft had wrong.' },
    POLICY: { description: 'What may be promised, and what may be said at all.' },
    ROUTING: { description: 'The right intent.' },
  },
})
export const ArticleStatus = builder.enumType(ArticleStatuses, {
  name: 'ArticleStatus',
  description: 'Only PUBLISHED articles are found.',
  values: {
    DRAFT: { description: 'Not finished.' },
    PUBLISHED: { description: 'Searched and quoted.' },
    ARCHIVED: { description: 'Kept, and no longer valid.' },
  },
})
export const Audience = builder.enumType(Audiences, {
  name: 'Audience',
  description: 'Who may read what an article says.',
  values: {
    PUBLIC: { description: 'Everybody: replies to customers are written from it.' },
    INTERNAL: { description: 'The team: it informs agents and is never quoted to customers.' },
  },
})
export const IndexState = builder.enumType(IndexStates, {
  name: 'IndexState',
  description: 'Whether a search finds what an article says now.',
  values: {
    PENDING: { description: 'Stored, and searchable soon.' },
    INDEXED: { description: 'Searchable.' },
    FAILED: { description: '`indexError` says why; what it said before may still be found.' },
  },
})
export const RunStatus = builder.enumType(RunStatuses, {
  name: 'RunStatus',
  description: 'How far a run is. COMPLETED, FAILED and CANCELLED are its end.',
  values: {
    QUEUED: { description: 'Waits for a worker.' },
    RUNNING: { description: 'A worker is at it. After a crash another one goes on where it was.' },
    COMPLETED: { description: 'Everything is done.' },
    FAILED: { description: 'It could not go on: `failureMessage` says why.' },
    CANCELLED: { description: 'Somebody stopped it with `cancelRun`; what it had done stays.' },
  },
})
export const RetrainingTrigger = builder.enumType(RetrainingTriggers, {
  name: 'RetrainingTrigger',
  description: 'Why a retraining was started.',
  values: {
    MANUAL: { description: 'Somebody asked for it.' },
    SCHEDULED: { description: 'Its time had come.' },
    REBUILD: { description: 'Something that was learned was revoked or erased: everything is learned anew without it.' },
  },
})
export const GapSource = builder.enumType(GapSources, {
  name: 'GapSource',
  description: 'What pointed at a gap.',
  values: {
    WEAK_EVIDENCE: { description: 'Nothing that was found answered the question.' },
    UNCITED_CORRECTION: { description: 'An agent wrote what no source of the draft says.' },
    ESCALATION: { description: 'It was handed to a person for missing knowledge.' },
  },
})
export const ArticlePairKind = builder.enumType(ArticlePairKinds, {
  name: 'ArticlePairKind',
  description: 'Why two articles were put together.',
  values: {
    DUPLICATE: { description: 'Most of one is in the other too.' },
    CONTRADICTION: { description: 'They give different numbers, times or amounts for the same thing.' },
  },
})
export const OperationStatus = builder.enumType(OperationStatuses, {
  name: 'OperationStatus',
  description: 'Whether a registered operation is answered.',
  values: {
    DRAFT: { description: 'Refused until `activateOperations`.' },
    ACTIVE: { description: 'Answered.' },
    DEPRECATED: { description: 'Answered with a warning, until `sunsetAt`.' },
    RETIRED: { description: 'Refused.' },
  },
})
export const WebhookEvent = builder.enumType(WebhookEvents, {
  name: 'WebhookEvent',
  description: 'What a webhook can be told of.',
  values: {
    CONVERSATION_OPENED: { description: 'A customer wrote for the first time, or after the reopen window.' },
    MESSAGE_ADDED: { description: 'The customer or an agent wrote; notes are none.' },
    DRAFT_READY: { description: 'A draft can be sent.' },
    REPLY_SENT: { description: 'An agent has answered, which is a MESSAGE_ADDED too.' },
    CONVERSATION_RESOLVED: { description: 'A conversation is done.' },
    CONVERSATION_ESCALATED: { description: 'A person was asked for.' },
    RETRAINING_COMPLETED: { description: 'A retraining came to its end.' },
    EXPERIMENT_DECIDED: { description: 'An experiment has a result.' },
  },
})
export const WebhookDeliveryStatus = builder.enumType(WebhookDeliveryStatuses, {
  name: 'WebhookDeliveryStatus',
  description: 'What became of a message to a webhook.',
  values: {
    PENDING: { description: 'Waits for its first or next attempt.' },
    DELIVERED: { description: 'The receiver took it.' },
    FAILED: { description: 'Given up, after ten attempts or because the webhook was disabled.' },
  },
})
export const ModelVersionKind = builder.enumType(ModelVersionKinds, {
  name: 'ModelVersionKind',
  description: 'What a model version changes.',
  values: {
    PROMPT: { description: 'Instructions, parameters and few-shot policy, on a model that is there already.' },
    CUSTOM: {
      description: 'A model of its own made from a base, with the best replies of agents as its messages. The weights are those of the base.',
    },
    FINE_TUNED: { description: 'Weights of its own, trained on corrections.' },
  },
})
export const ModelVersionStatus = builder.enumType(ModelVersionStatuses, {
  name: 'ModelVersionStatus',
  description: 'Where a model version stands. Exactly one is ACTIVE.',
  values: {
    BUILDING: { description: 'Its run is at work.' },
    CANDIDATE: { description: 'It can be evaluated, compared in an experiment, and promoted.' },
    ACTIVE: { description: 'Drafts are written with it, unless an experiment says otherwise.' },
    RETIRED: { description: 'Another one took its place. It can be promoted again.' },
    FAILED: { description: 'It could not be made; see `failureMessage`.' },
  },
})
export const PromotionReason = builder.enumType(PromotionReasons, {
  name: 'PromotionReason',
  description: 'Why another version became the active one.',
  values: {
    MANUAL: { description: 'Somebody asked for it.' },
    EXPERIMENT: { description: 'It won an experiment.' },
    ROLL_BACK: { description: 'Somebody went back to it.' },
    AUTOMATIC_ROLL_BACK: { description: 'Its successor was measured to be worse.' },
  },
})
export const ExperimentStatus = builder.enumType(ExperimentStatuses, {
  name: 'ExperimentStatus',
  description: 'How far an experiment is. At most one is RUNNING.',
  values: {
    DRAFT: { description: 'Planned, and nothing more.' },
    RUNNING: { description: 'Each conversation is answered by its variant.' },
    STOPPED: { description: 'Over; it cannot be started again.' },
  },
})
export const ExperimentMetric = builder.enumType(ExperimentMetrics, {
  name: 'ExperimentMetric',
  description: 'What variants are compared by. A conversation counts as one value, the mean of its drafts.',
  values: {
    EDIT_RATIO: { description: 'How much of a draft was changed: 0 sent as it was, 1 rewritten, rejected or passed over. Lower is better.' },
    ACCEPTANCE_RATE: { description: 'Share of drafts that were sent unchanged. Higher is better.' },
    SEMANTIC_SIMILARITY: { description: 'Cosine of sent drafts and what was sent. Higher is better.' },
    SUPPORT: { description: 'How far the evidence bears out the drafts. Higher is better.' },
    CSAT: { description: 'Share of 4 and 5 among the answers to surveys. Higher is better.' },
    ESCALATION_RATE: { description: 'Share of conversations that were escalated after a draft was shown. Lower is better.' },
    DRAFT_SECONDS: { description: 'From asking for a draft to its end, waiting included. Lower is better.' },
  },
})
export const ExperimentOutcome = builder.enumType(ExperimentOutcomes, {
  name: 'ExperimentOutcome',
  description: 'What is known of the second variant beside the first, the control.',
  values: {
    UNDECIDED: { description: 'Not enough yet; `moreDraftsNeeded` says how much is missing.' },
    BETTER: { description: 'The second variant wins.' },
    WORSE: { description: 'The control wins.' },
    NO_DIFFERENCE: { description: 'None that matters, or none that could be found with the drafts that were planned.' },
    STOPPED_BY_GUARDRAIL: { description: 'The second variant made worse what must not get worse.' },
    SAMPLE_RATIO_MISMATCH: { description: 'Conversations did not come as the weights say, so that nothing can be concluded.' },
  },
})
