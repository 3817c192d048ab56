import { saveDraftEdit } from '../services/drafting/save-draft-edit.ts'
import { ConflictError, DraftNotReadyError, DraftSupersededError, InvalidInputError, NotFoundError } from '../services/errors.ts'
import { builder } from './builder.ts'
import { Draft } from './draft.ts'
import { forbidden } from './errors.ts'
import { localId } from './global-ids.ts'

const SaveDraftEditInput = builder.inputType('SaveDraftEditInput', {
  fields: (t) => ({
    draftId: t.id({ required: true }),
    text: t.string({ required: true, description: 'The whole text as it is now; 1 to 20,000 characters.' }),
    expectedEditedAt: t.field({
      type: 'DateTime',
      description: 'The `edit.at` that the agent goes on from. Left out, only the agent’s own last edit is replaced.',
    }),
  }),
})

builder.mutationField('saveDraftEdit', (t) =>
  t.field({
    type: Draft,
    description:
      'Keeps what an agent has made of a READY draft so far, as its `edit`; `text` stays what was drafted. When a colleague has saved in between it is a CONFLICT. It sends nothing: `sendReply` sends the text that it is given.',
    authScopes: { staff: true },
    errors: { types: [NotFoundError, InvalidInputError, ConflictError, DraftNotReadyError, DraftSupersededError] },
    args: { input: t.arg({ type: SaveDraftEditInput, required: true }) },
    resolve: (_root, { input }, resources) => {
      const { agentId } = resources.viewer
      if (agentId === null) throw forbidden()
      return saveDraftEdit(resources, { ...input, draftId: localId('Draft', input.draftId), agentId, by: resources.viewer })
    },
  }),
)
