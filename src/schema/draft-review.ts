import type { Agent as AgentRow, Draft as DraftRow } from '../generated/prisma/client.ts'
import { learnedFrom, rejectionEffect, replyEffect } from '../services/feedback/describe-effect.ts'
import { diffWords, type TextPiece } from '../services/support/diff-words.ts'
import { builder } from './builder.ts'
import { FeedbackReason } from './enums.ts'
import { Agent } from './people.ts'

// What people make of drafts: fields of Draft and Message.

type Edit = { text: string; at: Date; by: AgentRow | null }
const DraftEdit = builder.objectRef<Edit>('DraftEdit').implement({
  description: 'What an agent has made of a draft. It stays, whatever becomes of the draft.',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'The whole reply, as the agent left it.' }),
    at: t.expose('at', { type: 'DateTime', description: 'For `expectedEditedAt`.' }),
    by: t.field({ type: Agent, nullable: true, description: 'The agent who saved it; null when they are no longer there.', resolve: ({ by }) => by }),
  }),
})

type Rejection = Pick<DraftRow, 'rejectionReasons' | 'rejectionNotes'> & { at: Date; by: AgentRow | null; effect: string }
const DraftRejection = builder.objectRef<Rejection>('DraftRejection').implement({
  description: 'Why a draft is not used.',
  fields: (t) => ({
    reasons: t.expose('rejectionReasons', { description: 'What the agent chose; empty when they chose none.', type: [FeedbackReason] }),
    notes: t.exposeString('rejectionNotes', { nullable: true, description: 'In the agent’s own words; null when they wrote nothing.' }),
    at: t.expose('at', { type: 'DateTime' }),
    by: t.field({
      type: Agent,
      nullable: true,
      description: 'The agent who rejected it; null when they are no longer there.',
      resolve: ({ by }) => by,
    }),
    effect: t.exposeString('effect', { description: 'What has changed by it so far, and what waits for the next retraining.' }),
  }),
})

builder.prismaObjectFields('Draft', (t) => ({
  edit: t.field({
    type: DraftEdit,
    nullable: true,
    authScopes: { staff: true },
    description: 'Null until an agent saves one with `saveDraftEdit`.',
    select: { editedText: true, editedAt: true, editedBy: true },
    resolve: ({ editedText, editedAt, editedBy }) =>
      editedText === null || editedAt === null ? null : { text: editedText, at: editedAt, by: editedBy },
  }),
  rejection: t.field({
    type: DraftRejection,
    nullable: true,
    authScopes: { staff: true },
    description: 'Null unless it is REJECTED.',
    select: { ...learnedFrom, supportScore: true, rejectionReasons: true, rejectionNotes: true, rejectedAt: true, rejectedBy: true },
    resolve: ({ rejectedAt, rejectedBy, ...draft }) =>
      rejectedAt === null ? null : { ...draft, at: rejectedAt, by: rejectedBy, effect: rejectionEffect(draft, draft) },
  }),
  feedback: t.relation('feedback', {
    authScopes: { staff: true },
    description: 'What each agent thinks of it, newest first; the newest 50.',
    query: { orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }], take: 50 },
  }),
}))

const DiffKind = builder.enumType('DiffKind', {
  description: 'Which of two texts has a part.',
  values: {
    SAME: { description: 'In both.' },
    REMOVED: { description: 'In the draft only.' },
    ADDED: { description: 'In what was sent only.' },
  } as const,
})
const TextDiffPiece = builder.objectRef<TextPiece>('TextDiffPiece').implement({
  description: 'A part of a comparison, in the order of the texts.',
  fields: (t) => ({
    kind: t.expose('kind', { description: 'Which of the two texts has it.', type: DiffKind }),
    text: t.exposeString('text', { description: 'As it stands there, white space included.' }),
  }),
})

const ReplyMetrics = builder.prismaObject('ReplyMetrics', {
  description: 'How a reply compares with its draft, both without greeting and signature.',
  authScopes: { staff: true },
  fields: (t) => ({
    bleu: t.exposeFloat('bleu', { description: '0 to 100: sentence BLEU as sacrebleu computes it, the reply as the reference.' }),
    semanticSimilarity: t.exposeFloat('semanticSimilarity', { nullable: true, description: 'Cosine of the two; null without an embedder.' }),
    lengthRatio: t.exposeFloat('lengthRatio', { description: 'Words of the draft by words of the reply: above 1 it was shortened.' }),
  }),
})

builder.prismaObjectFields('Message', (t) => ({
  metrics: t.relation('metrics', {
    nullable: true,
    authScopes: { staff: true },
    description: 'Null without a draft, and for the moment until it was measured.',
    type: ReplyMetrics,
  }),
  diff: t.field({
    type: [TextDiffPiece],
    nullable: true,
    authScopes: { staff: true },
    description:
      'What was changed in the draft, by words; null without a draft. SAME and ADDED joined are the message’s text, SAME and REMOVED the draft’s, to the character.',
    select: { text: true, draft: { select: { text: true } } },
    resolve: ({ text, draft }) => draft && diffWords(draft.text, text),
  }),
  effect: t.string({
    nullable: true,
    authScopes: { staff: true },
    description: 'What has changed by sending it so far, and what waits for the next retraining; null for what no agent sent.',
    select: { kind: true, draft: { select: learnedFrom } },
    resolve: ({ kind, draft }) => replyEffect({ kind }, draft),
  }),
}))
