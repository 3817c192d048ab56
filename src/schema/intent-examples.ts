import { InvalidInputError, NotFoundError } from '../services/errors.ts'
import { addIntentExamples, removeIntentExamples } from '../services/routing/change-intent-examples.ts'
import { builder } from './builder.ts'
import { localId } from './global-ids.ts'
import { Intent } from './intent.ts'

const examples = 'At most 1,000 at once, each up to 1,000 characters.'

const AddIntentExamplesInput = builder.inputType('AddIntentExamplesInput', {
  fields: (t) => ({ intentId: t.id({ required: true }), examples: t.stringList({ required: true, description: examples }) }),
})

const RemoveIntentExamplesInput = builder.inputType('RemoveIntentExamplesInput', {
  fields: (t) => ({ intentId: t.id({ required: true }), examples: t.stringList({ required: true, description: examples }) }),
})

builder.mutationField('addIntentExamples', (t) =>
  t.field({
    type: Intent,
    description: 'The router is trained again in the background, once for many calls in a row. An example that the intent has is not added again.',
    authScopes: { staff: true },
    errors: { types: [NotFoundError, InvalidInputError] },
    args: { input: t.arg({ type: AddIntentExamplesInput, required: true }) },
    resolve: (_root, { input }, resources) =>
      addIntentExamples(resources, { ...input, intentId: localId('Intent', input.intentId), by: resources.viewer }),
  }),
)

builder.mutationField('removeIntentExamples', (t) =>
  t.field({
    type: Intent,
    description: 'The router is trained again without them. Idempotent: one that the intent does not have is gone already.',
    authScopes: { staff: true },
    errors: { types: [NotFoundError, InvalidInputError] },
    args: { input: t.arg({ type: RemoveIntentExamplesInput, required: true }) },
    resolve: (_root, { input }, resources) =>
      removeIntentExamples(resources, { ...input, intentId: localId('Intent', input.intentId), by: resources.viewer }),
  }),
)
