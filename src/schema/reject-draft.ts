import { rejectDraft } from '../services/drafting/reject-draft.ts'
import { ConflictError, DraftNotReadyError, InvalidInputError, NotFoundError } from '../services/errors.ts'
import { builder } from './builder.ts'
import { Draft } from './draft.ts'
import { FeedbackReason } from './enums.ts'
import { forbidden } from './errors.ts'
import { localId } from './global-ids.ts'

const RejectDraftInput = builder.inputType('RejectDraftInput', {
  fields: (t) => ({
    draftId: t.id({ required: true }),
    reasons: t.field({ description: 'What is wrong with it; any that apply.', type: [FeedbackReason] }),
    notes: t.string({ description: 'For the team; up to 5,000 characters.' }),
  }),
})

builder.mutationField('rejectDraft', (t) =>
  t.field({
    type: Draft,
    description:
      'The draft is not used: a READY one becomes REJECTED, one in the making is stopped. The same agent may say it again, and replaces what they said; a colleague’s rejection is a CONFLICT, and so is a draft that was sent.',
    authScopes: { staff: true },
    errors: { types: [NotFoundError, InvalidInputError, ConflictError, DraftNotReadyError] },
    args: { input: t.arg({ type: RejectDraftInput, required: true }) },
    resolve: (_root, { input }, resources) => {
      const { agentId } = resources.viewer
      if (agentId === null) throw forbidden()
      return rejectDraft(resources, { ...input, draftId: localId('Draft', input.draftId), agentId, by: resources.viewer })
    },
  }),
)
