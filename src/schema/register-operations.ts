import { ConflictError, InvalidInputError, NotFoundError } from '../services/errors.ts'
import { registerOperations } from '../services/operations/register-operations.ts'
import { builder } from './builder.ts'
import { documentLimits } from './document-limits.ts'
import { localId } from './global-ids.ts'
import { readOperation } from './read-operation.ts'
import { OperationManifest } from './registered-operation.ts'

const OperationDocumentInput = builder.inputType('OperationDocumentInput', {
  description: 'An operation to register, with the hash that the client will send.',
  fields: (t) => ({
    hash: t.string({
      required: true,
      description: 'sha256: and the SHA-256 of the body’s bytes as UTF-8, in hexadecimal; the part sha256: may be left out.',
    }),
    body: t.string({ required: true, description: 'One operation with a name, and its fragments; at most 50,000 characters.' }),
  }),
})

const RegistrationStatus = builder.enumType('RegistrationStatus', {
  description: 'What new operations begin as.',
  values: { DRAFT: { description: 'Refused until `activateOperations`.' }, ACTIVE: { description: 'Answered at once.' } } as const,
})

const RegisterOperationsInput = builder.inputType('RegisterOperationsInput', {
  fields: (t) => ({
    apiKeyId: t.id({ required: true, description: 'A key of the partner, with the role PARTNER. All of its keys may run them.' }),
    documents: t.field({ type: [OperationDocumentInput], required: true, description: '1 to 500, at most 1,000,000 bytes together.' }),
    status: t.field({ type: RegistrationStatus, description: 'Of those that are new; ACTIVE unless given. What is known keeps its status.' }),
  }),
})

builder.mutationField('registerOperations', (t) =>
  t.field({
    type: OperationManifest,
    description:
      'Registers all or, when one document is wrong or asks for what is for staff alone, none. Documents that the partner’s newest manifest has already change nothing; otherwise all that are sent make the next one. What is not sent again stays as it is.',
    authScopes: { admin: true },
    errors: { types: [NotFoundError, InvalidInputError, ConflictError] },
    args: { input: t.arg({ type: RegisterOperationsInput, required: true }) },
    resolve: (_root, { input: { apiKeyId, documents, status } }, resources, { schema }) =>
      registerOperations(resources, {
        apiKeyId: localId('ApiKey', apiKeyId, 'API key'),
        partnerId: null,
        documents,
        isDraft: status === 'DRAFT',
        read: (body) => readOperation(schema, body),
        longest: documentLimits.PARTNER.characters,
        by: resources.viewer,
      }),
  }),
)
