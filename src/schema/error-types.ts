import {
  type ErrorCode as Code,
  ConflictError,
  ConversationResolvedError,
  DraftNotReadyError,
  DraftSupersededError,
  type ExpectedError,
  IdempotencyConflictError,
  InvalidInputError,
  NotFoundError,
  QueueFullError,
} from '../services/errors.ts'
import { builder } from './builder.ts'

export const ErrorCode = builder.enumType('ErrorCode', {
  description: 'What kind of failure it is, for programs. New ones may come.',
  values: [
    'NOT_FOUND',
    'CONFLICT',
    'INVALID_INPUT',
    'CONVERSATION_RESOLVED',
    'DRAFT_NOT_READY',
    'DRAFT_SUPERSEDED',
    'GENERATOR_UNAVAILABLE',
    'NOT_ENOUGH_DATA',
    'QUEUE_FULL',
    'IDEMPOTENCY_CONFLICT',
    'FORBIDDEN',
  ] as const satisfies Code[],
})

const ErrorInterface = builder.interfaceRef<ExpectedError>('Error').implement({
  description: 'An expected failure.',
  fields: (t) => ({
    message: t.exposeString('message', { description: 'What happened and what to do next, for people.' }),
    code: t.expose('code', { type: ErrorCode }),
  }),
})

const errorTypes = {
  NotFoundError,
  ConflictError,
  InvalidInputError,
  ConversationResolvedError,
  DraftNotReadyError,
  DraftSupersededError,
  QueueFullError,
  IdempotencyConflictError,
}
for (const [name, errorClass] of Object.entries(errorTypes)) builder.objectType(errorClass, { name, interfaces: [ErrorInterface] })
