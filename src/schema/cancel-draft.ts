import { cancelDraft } from '../services/drafting/cancel-draft.ts'
import { requireDraft } from '../services/drafting/read-draft.ts'
import { NotFoundError } from '../services/errors.ts'
import { builder } from './builder.ts'
import { Draft } from './draft.ts'
import { localId } from './global-ids.ts'

const CancelDraftInput = builder.inputType('CancelDraftInput', { fields: (t) => ({ draftId: t.id({ required: true }) }) })

builder.mutationField('cancelDraft', (t) =>
  t.field({
    type: Draft,
    description: 'Stops the model at once and keeps the text so far. Idempotent: a draft that has ended is returned as it ended.',
    authScopes: { staff: true, partner: true },
    errors: { types: [NotFoundError] },
    args: { input: t.arg({ type: CancelDraftInput, required: true }) },
    resolve: async (_root, { input }, resources) => {
      const draftId = localId('Draft', input.draftId)
      await requireDraft(resources, draftId, resources.viewer)
      return cancelDraft(resources, { draftId, by: resources.viewer })
    },
  }),
)
