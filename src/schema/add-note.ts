import { addNote } from '../services/conversations/add-note.ts'
import { InvalidInputError, NotFoundError } from '../services/errors.ts'
import { builder } from './builder.ts'
import { localId } from './global-ids.ts'
import { Message } from './message.ts'

const AddNoteInput = builder.inputType('AddNoteInput', {
  fields: (t) => ({ conversationId: t.id({ required: true }), text: t.string({ required: true, description: '1 to 5,000 characters.' }) }),
})

builder.mutationField('addNote', (t) =>
  t.prismaField({
    type: Message,
    description: 'A remark for the team: never in a prompt, never shown to the customer. It changes neither the status nor a draft.',
    authScopes: { staff: true },
    errors: { types: [NotFoundError, InvalidInputError] },
    args: { input: t.arg({ type: AddNoteInput, required: true }) },
    resolve: async (query, _root, { input: { conversationId, text } }, resources) => {
      const note = { conversationId: localId('Conversation', conversationId), text, by: resources.viewer }
      const { id } = await addNote(resources, note)
      return resources.database.message.findUniqueOrThrow({ ...query, where: { id } })
    },
  }),
)
