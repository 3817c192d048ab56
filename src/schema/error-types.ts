import {
  type ErrorCode as Code,
  ConflictError,
  ConversationResolvedError,
  DraftNotReadyError,
  DraftSupersededError,
  type ExpectedError,
  GeneratorUnavailableError,
  IdempotencyConflictError,
  InvalidInputError,
  NotEnoughDataError,
  NotFoundError,
  QueueFullError,
} from '../services/errors.ts'
import { builder } from './builder.ts'

export const ErrorCode = builder.enumType('ErrorCode', {
  description: 'What kind of failure it is, for programs. New ones may come.',
  values: {
    NOT_FOUND: { description: 'There is no such object, or it is not yours to see.' },
    CONFLICT: { description: 'It is different by now, or it cannot be done in its present state. Read it again.' },
    INVALID_INPUT: { description: 'A value is missing, too long, or not of the form it must have. The same again fails again.' },
    CONVERSATION_RESOLVED: { description: 'There is nothing to answer any more. Reopen it first.' },
    DRAFT_NOT_READY: { description: 'The draft is still being written, or has come to its end.' },
    DRAFT_SUPERSEDED: { description: 'A newer message, reply or draft has overtaken it. Draft again.' },
    GENERATOR_UNAVAILABLE: { description: 'The language model does not answer. Try again later.' },
    NOT_ENOUGH_DATA: { description: 'There are too few examples to learn from.' },
    QUEUE_FULL: { description: 'Too many drafts are waiting. Try again in a moment.' },
    IDEMPOTENCY_CONFLICT: { description: 'The key was used before with other input. Use a new key.' },
    FORBIDDEN: { description: 'The role may not do it.' },
  } as const satisfies Record<Code, { description: string }>,
})

const ErrorInterface = builder.interfaceRef<ExpectedError>('Error').implement({
  description: 'An expected failure.',
  fields: (t) => ({
    message: t.exposeString('message', { description: 'What happened and what to do next, for people.' }),
    code: t.expose('code', { type: ErrorCode, description: 'What kind of failure it is, for programs: `message` may change.' }),
  }),
})

const errorTypes = {
  NotFoundError: [NotFoundError, 'There is no such object, or it is not yours to see.'],
  ConflictError: [ConflictError, 'It is different by now, or it cannot be done in its present state.'],
  InvalidInputError: [InvalidInputError, 'A value is missing, too long, or not of the form it must have.'],
  ConversationResolvedError: [ConversationResolvedError, 'There is nothing to answer any more: reopen the conversation first.'],
  DraftNotReadyError: [DraftNotReadyError, 'The draft is still being written, or has come to its end: only a READY one can be used.'],
  DraftSupersededError: [DraftSupersededError, 'A newer message, reply or draft has overtaken this one.'],
  NotEnoughDataError: [NotEnoughDataError, 'There is too little to learn from.'],
  GeneratorUnavailableError: [GeneratorUnavailableError, 'There is no language model that could do it.'],
  QueueFullError: [QueueFullError, 'More drafts are waiting than the server takes on.'],
  IdempotencyConflictError: [IdempotencyConflictError, 'The key was used before with other input.'],
} as const
for (const [name, [errorClass, description]] of Object.entries(errorTypes))
  builder.objectType(errorClass, { name, description, interfaces: [ErrorInterface] })
