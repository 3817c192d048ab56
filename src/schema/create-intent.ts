import { ConflictError, InvalidInputError } from '../services/errors.ts'
import { createIntent } from '../services/routing/create-intent.ts'
import { builder } from './builder.ts'
import { Intent } from './intent.ts'

const CreateIntentInput = builder.inputType('CreateIntentInput', {
  fields: (t) => ({
    name: t.string({ required: true, description: '1 to 200 characters, and no other intent’s.' }),
    description: t.string({ description: 'Up to 5,000 characters, for people: the router does not read it.' }),
    examples: t.stringList({ description: 'Messages that have it: at most 1,000 at once, each up to 1,000 characters.' }),
  }),
})

builder.mutationField('createIntent', (t) =>
  t.field({
    type: Intent,
    description: 'The router is trained on its examples in the background; `router` says when that is done.',
    authScopes: { staff: true },
    errors: { types: [InvalidInputError, ConflictError] },
    args: { input: t.arg({ type: CreateIntentInput, required: true }) },
    resolve: (_root, { input }, resources) => createIntent(resources, { ...input, by: resources.viewer }),
  }),
)
