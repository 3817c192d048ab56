import type { DraftStatus } from '../generated/prisma/client.ts'

/** What a client can act on. The message says what happened and what to do next. */
export type ErrorCode =
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'INVALID_INPUT'
  | 'CONVERSATION_RESOLVED'
  | 'DRAFT_NOT_READY'
  | 'DRAFT_SUPERSEDED'
  | 'GENERATOR_UNAVAILABLE'
  | 'NOT_ENOUGH_DATA'
  | 'QUEUE_FULL'
  | 'IDEMPOTENCY_CONFLICT'
  | 'FORBIDDEN'

/** An expected outcome. Anything that is not one of these is a bug, and is left to rise. */
export abstract class ExpectedError extends Error {
  abstract readonly code: ErrorCode
  constructor(message: string) {
    super(message)
    this.name = new.target.name
  }
}

export class NotFoundError extends ExpectedError {
  readonly code = 'NOT_FOUND'
  /** `check` is what it was looked up by. */
  constructor(what: string, check = 'id') {
    super(`There is no such ${what}, or you may not see it. Check the ${check}.`)
  }
}

export class InvalidInputError extends ExpectedError {
  readonly code = 'INVALID_INPUT'
}

export class ConflictError extends ExpectedError {
  readonly code = 'CONFLICT'
}

export class ConversationResolvedError extends ExpectedError {
  readonly code = 'CONVERSATION_RESOLVED'
  constructor() {
    super('The conversation is resolved. Reopen it with reopenConversation first, if there is something to answer.')
  }
}

export class DraftNotReadyError extends ExpectedError {
  readonly code = 'DRAFT_NOT_READY'
  constructor(status: DraftStatus, whatToDo?: string) {
    const isWritten = status === 'QUEUED' || status === 'STREAMING'
    const usual = isWritten
      ? 'Wait for DraftCompleted, or send your text without a draftId.'
      : 'Ask for a new draft with draftReply, or send your text without a draftId.'
    super(`The draft is ${status}, and only a READY one can be used. ${whatToDo ?? usual}`)
  }
}

export class DraftSupersededError extends ExpectedError {
  readonly code = 'DRAFT_SUPERSEDED'
  constructor() {
    super('A newer message or reply has overtaken this draft. Reload the conversation, then draft again or send your text without a draftId.')
  }
}

export class QueueFullError extends ExpectedError {
  readonly code = 'QUEUE_FULL'
  constructor(waiting: number) {
    super(`${waiting} drafts are waiting already. Try again in a moment, or write the reply yourself.`)
  }
}

export class IdempotencyConflictError extends ExpectedError {
  readonly code = 'IDEMPOTENCY_CONFLICT'
  constructor(key = 'idempotencyKey') {
    super(`This ${key} was used before with other input. Use a new key for a new request.`)
  }
}

export class NotEnoughDataError extends ExpectedError {
  readonly code = 'NOT_ENOUGH_DATA'
}

export class GeneratorUnavailableError extends ExpectedError {
  readonly code = 'GENERATOR_UNAVAILABLE'
}

/** Of the caller, not of what was asked for: no result union has it, and it is answered as a top-level error. */
export class RateLimitedError extends Error {
  readonly code = 'RATE_LIMITED'
  readonly limit: { name: string; maximum: number; actual: number }
  readonly renewsAt: Date
  constructor(message: string, { limit, renewsAt }: Pick<RateLimitedError, 'limit' | 'renewsAt'>) {
    super(message)
    this.name = new.target.name
    this.limit = limit
    this.renewsAt = renewsAt
  }
}
