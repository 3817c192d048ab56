import { type Erasure, eraseCustomer } from '../services/access/erase-customer.ts'
import { NotFoundError } from '../services/errors.ts'
import { builder } from './builder.ts'
import { encodeGlobalId, localId } from './global-ids.ts'

const ErasedCustomer = builder.objectRef<Erasure>('ErasedCustomer').implement({
  description: 'Who is gone, and what went with them.',
  fields: (t) => ({
    customerId: t.id({ description: 'Whose data it was.', resolve: ({ customerId }) => encodeGlobalId('Customer', customerId) }),
    conversations: t.exposeInt('conversations', { description: 'With their messages, drafts and everything else in them.' }),
    trainingExamples: t.exposeInt('trainingExamples', { description: 'With what retrainings had learned from them.' }),
    modelVersions: t.exposeStringList('modelVersions', {
      description: 'Names of model versions that were trained on their words, and cannot unlearn them: build them anew.',
    }),
  }),
})

const EraseCustomerInput = builder.inputType('EraseCustomerInput', { fields: (t) => ({ customerId: t.id({ required: true }) }) })

builder.mutationField('eraseCustomer', (t) =>
  t.field({
    type: ErasedCustomer,
    description:
      'Deletes a customer, all they wrote, and all that was made of it. There is no way back. Where something had been learned from them, a retraining learns anew without it.',
    authScopes: { admin: true },
    errors: { types: [NotFoundError] },
    args: { input: t.arg({ type: EraseCustomerInput, required: true }) },
    resolve: (_root, { input }, resources) =>
      eraseCustomer(resources, { customerId: localId('Customer', input.customerId, 'customer'), by: resources.viewer }),
  }),
)
