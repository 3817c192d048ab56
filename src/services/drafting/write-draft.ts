import { GeneratorError } from '../../engines/generator.ts'
import type { Resources } from '../../resources.ts'
import { draftTopic, leaseSeconds, renewLease } from '../../stores/event-log.ts'
import { completeDraft } from './complete-draft.ts'
import { failDraft } from './fail-draft.ts'
import { generateText } from './generate-text.ts'
import { moveDrafts } from './move-drafts.ts'
import { prepareDraft } from './prepare-draft.ts'
import { startDraft } from './start-draft.ts'

// Each look renews the lease too.
const lookEveryMs = 1_000

/** Thrown inside when somebody else has ended the draft: cancelled, superseded, or its conversation resolved. */
class DraftTakenAwayError extends Error {}

/**
 * Routes, retrieves, builds the prompt, generates and checks one draft, writing each step to its event log. Returns when the draft has ended, in
 * whatever way; a draft that is not QUEUED any more is left alone, so that a repeated job does nothing.
 */
export async function writeDraft(resources: Resources, { draftId, signal }: { draftId: string; signal: AbortSignal }): Promise<void> {
  const { database, logger, config } = resources
  const now = new Date()
  const [ours] = await moveDrafts(database, { where: { id: draftId }, to: 'STREAMING', data: { startedAt: now, leaseUntil: leaseFrom(now) } })
  if (!ours) return

  const ending = new AbortController()
  const takenAway = () => ending.abort(new DraftTakenAwayError())
  const stopWatching = watchDraft(resources, draftId, takenAway)
  const overall = AbortSignal.any([signal, ending.signal, AbortSignal.timeout(config.DRAFT_TIMEOUT_MS)])
  try {
    const prepared = await prepareDraft(resources, { draft: ours, signal: overall })
    // A model takes its time for the first token, and the database for what was found: side by side. No word is stored before the start is.
    const starting = startDraft(resources, { draftId, prepared })
    const generating = generateText(resources, { draftId, prepared, starting, signal: overall, onTakenAway: takenAway })
    starting.then((isStarted) => isStarted || takenAway()).catch(() => {})
    await Promise.allSettled([starting, generating])
    if (!(await starting)) return
    const generated = await generating
    await completeDraft(resources, { draftId, prepared, generated, signal: overall })
    logger.info({ draftId, origin: generated.origin, sources: prepared.sources.length }, 'draft ready')
  } catch (error) {
    if (ending.signal.aborted) return
    const failure = describeFailure(error, { isStopping: signal.aborted, isLate: overall.aborted })
    await failDraft(resources, draftId, failure)
    logger.warn({ draftId, code: failure.code, reason: failure.logReason }, 'draft failed')
    // A bug belongs in the log with its stack; the job is not tried again, because its draft has ended.
    if (failure.code === 'INTERNAL_SERVER_ERROR') logger.error({ draftId, err: error }, 'unexpected error while drafting')
  } finally {
    stopWatching()
  }
}

// Whoever ends a draft wakes its writer, on this replica or another; a wake-up that was lost costs it a second.
function watchDraft({ database, wakeUps }: Resources, draftId: string, onTakenAway: () => void): () => void {
  const check = async (): Promise<void> => {
    if (!(await renewLease(database, draftId))) onTakenAway()
  }
  const quietly = () => void check().catch(() => {})
  const renewal = setInterval(quietly, lookEveryMs)
  const stopListening = wakeUps.listen(`${draftTopic(draftId)}:ended`, quietly)
  return () => {
    clearInterval(renewal)
    stopListening()
  }
}

function leaseFrom(now: Date): Date {
  return new Date(now.getTime() + leaseSeconds * 1000)
}

function describeFailure(error: unknown, { isStopping, isLate }: { isStopping: boolean; isLate: boolean }) {
  if (isStopping) {
    return {
      code: 'INTERRUPTED',
      message: 'The server is stopping. The text so far is kept; ask for a new draft.',
      retryable: true,
      logReason: 'stopping',
    }
  }
  if (isLate) {
    return {
      code: 'TIMEOUT',
      message: 'The draft took too long. The text so far is kept; ask for a new draft, or write the reply yourself.',
      retryable: true,
      logReason: 'DRAFT_TIMEOUT_MS',
    }
  }
  if (error instanceof GeneratorError) {
    return { code: error.code, message: error.message, retryable: error.retryable, logReason: error.message }
  }
  return {
    code: 'INTERNAL_SERVER_ERROR',
    message: 'Something went wrong on our side. Ask for a new draft, or write the reply yourself.',
    retryable: true,
    logReason: 'bug',
  }
}
