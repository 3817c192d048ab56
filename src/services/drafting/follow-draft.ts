import { followLog } from '../../lib/follow-log.ts'
import type { Resources } from '../../resources.ts'
import type { Database } from '../../stores/database.ts'
import { draftTopic, type LoggedEvent, readDraftEvents } from '../../stores/event-log.ts'
import { ExpectedError, InvalidInputError, NotFoundError } from '../errors.ts'
import { isLive } from './draft-statuses.ts'

const terminal = new Set(['DraftCompleted', 'DraftFailed', 'DraftCancelled'])
/** A follower that is further behind than this gets the text as one snapshot instead of every delta. */
const longestReplay = 300
const pageSize = 200

/**
 * Everything of a draft after `afterSeq`: late or reconnecting, nothing is lost. A follower who cannot keep up reads whole pages, and a snapshot when it
 * is far behind, at the start or in the middle. Ends with the draft's one terminal event.
 */
export async function followDraft(
  { database, wakeUps, freshEvents }: Pick<Resources, 'database' | 'wakeUps' | 'freshEvents'>,
  { draftId, afterSeq }: { draftId: string; afterSeq: number },
): Promise<AsyncGenerator<LoggedEvent, void>> {
  const draft = await database.draft.findUnique({ where: { id: draftId }, select: { lastSeq: true, status: true } })
  if (!draft) throw new NotFoundError('draft')
  if (afterSeq < 0 || afterSeq > draft.lastSeq) {
    throw new InvalidInputError(
      `afterSeq must be from 0 to ${draft.lastSeq}, the draft’s newest event, and is ${afterSeq}. Send the seq of the last event that you have.`,
    )
  }
  const fresh = freshEvents.follow(draftId)
  let newest = fresh.newest()
  let mustRead = true
  return followLog({
    async read(seq) {
      const known = mustRead ? [] : fresh.after(seq)
      if (known.length > 0) return known
      mustRead = false
      return sharedRead(database, draftId, seq).catch((error: unknown) => {
        mustRead = true
        throw error
      })
    },
    pageSize,
    listen(listener) {
      const stopListening = wakeUps.listen(draftTopic(draftId), () => {
        // Woken without an event from here: it was written elsewhere, and only the log has it.
        if (fresh.newest() === newest) mustRead = true
        newest = fresh.newest()
        // What was begun before may have been read before the event.
        reads.delete(draftId)
        listener()
      })
      return () => {
        stopListening()
        fresh.end()
      }
    },
    isLast: ({ type }) => terminal.has(type),
    afterSeq,
    isOver: !isLive(draft.status) && afterSeq === draft.lastSeq,
    pollMs: 1000,
    isPassing: (error) => !(error instanceof ExpectedError),
  })
}

const reads = new Map<string, Map<number, Promise<LoggedEvent[]>>>()

// Followers of one draft wake in the same turn of the event loop and ask for the same page: one query answers them all. Not longer than that
// turn, or a later follower would be given a page from before the event that woke it.
function sharedRead(database: Database, draftId: string, seq: number): Promise<LoggedEvent[]> {
  const begun = reads.get(draftId) ?? new Map<number, Promise<LoggedEvent[]>>()
  const known = begun.get(seq)
  if (known) return known
  const read = readOn(database, draftId, seq)
  reads.set(draftId, begun.set(seq, read))
  setImmediate(() => {
    begun.delete(seq)
    if (begun.size === 0 && reads.get(draftId) === begun) reads.delete(draftId)
  })
  return read
}

async function readOn(database: Database, draftId: string, seq: number): Promise<LoggedEvent[]> {
  const page = await readDraftEvents(database, draftId, seq, pageSize)
  // Deleted with its customer: nothing would ever come.
  if (page === null) throw new NotFoundError('draft')
  if (page.length < pageSize) return page
  // Text and seq in one statement, as they are written in one.
  const draft = await database.draft.findUniqueOrThrow({ where: { id: draftId }, select: { lastSeq: true, text: true, status: true } })
  if (draft.lastSeq - seq <= longestReplay) return page
  return [
    {
      // The terminal event itself still follows a snapshot of a draft that is over.
      seq: isLive(draft.status) ? draft.lastSeq : draft.lastSeq - 1,
      type: 'DraftSnapshot',
      data: { text: draft.text, status: draft.status },
      at: new Date(),
    },
  ]
}
