import { createCustomerToken, type MadeCustomerToken } from '../services/access/create-customer-token.ts'
import { InvalidInputError, NotFoundError } from '../services/errors.ts'
import { builder } from './builder.ts'
import { encodeGlobalId, localIdOrNull } from './global-ids.ts'

const CustomerToken = builder.objectRef<MadeCustomerToken>('CustomerToken').implement({
  description: 'What a customer’s own browser or app comes with, in the role CUSTOMER.',
  authScopes: { staff: true, partner: true },
  fields: (t) => ({
    token: t.exposeString('token', { description: 'Send it as `Authorization: Bearer <token>`.' }),
    customerId: t.id({ resolve: ({ customerId }) => encodeGlobalId('Customer', customerId), description: 'Whose it is.' }),
    expiresAt: t.expose('expiresAt', { description: 'From then on it is refused. Make a new one in time.', type: 'DateTime' }),
  }),
})

const CreateCustomerTokenInput = builder.inputType('CreateCustomerTokenInput', {
  fields: (t) => ({
    customerExternalId: t.string({ description: 'The id that your own systems know them by; a new one makes the customer.' }),
    customerId: t.id({ description: 'Instead of customerExternalId. A partner’s only of somebody whom it opened a conversation for.' }),
    minutes: t.int({ description: 'How long it is valid: 1 to 1440 (24 hours), 60 without it.' }),
  }),
})

builder.mutationField('createCustomerToken', (t) =>
  t.field({
    type: CustomerToken,
    description:
      'A token for one customer. It ends with its time, with the key that it was made with, and with the customer. One that a partner made shows what that partner opened, and nothing else.',
    authScopes: { staff: true, partner: true },
    errors: { types: [InvalidInputError, NotFoundError] },
    args: { input: t.arg({ type: CreateCustomerTokenInput, required: true }) },
    resolve: (_root, { input }, resources) =>
      createCustomerToken(resources, {
        ...input,
        // Nobody's, when it is malformed: that both were given is the first thing to say.
        customerId: input.customerId == null ? null : (localIdOrNull('Customer', input.customerId) ?? ''),
        by: resources.viewer,
      }),
  }),
)
