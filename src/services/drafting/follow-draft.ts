import { followLog } from '../../lib/follow-log.ts'
import type { Resources } from '../../resources.ts'
import { draftTopic, type LoggedEvent, readDraftEvents } from '../../stores/event-log.ts'
import { InvalidInputError, NotFoundError } from '../errors.ts'
import { isLive } from './draft-statuses.ts'

const terminal = new Set(['DraftCompleted', 'DraftFailed', 'DraftCancelled'])
/** A follower that starts further behind than this gets the text as one snapshot instead of every delta. */
const longestReplay = 300
const pageSize = 200

/** Everything of a draft after `afterSeq`: late or reconnecting, nothing is lost. Ends with the draft's one terminal event. */
export async function followDraft(
  { database, wakeUps }: Pick<Resources, 'database' | 'wakeUps'>,
  { draftId, afterSeq }: { draftId: string; afterSeq: number },
): Promise<AsyncGenerator<LoggedEvent, void>> {
  const draft = await database.draft.findUnique({ where: { id: draftId }, select: { lastSeq: true, text: true, status: true } })
  if (!draft) throw new NotFoundError('draft')
  if (afterSeq < 0 || afterSeq > draft.lastSeq) {
    throw new InvalidInputError(
      `afterSeq must be from 0 to ${draft.lastSeq}, the draft’s newest event, and is ${afterSeq}. Send the seq of the last event that you have.`,
    )
  }
  const isOver = !isLive(draft.status)
  // The terminal event itself still follows a snapshot of a draft that is over.
  const snapshot: LoggedEvent | null =
    draft.lastSeq - afterSeq > longestReplay
      ? {
          seq: isOver ? draft.lastSeq - 1 : draft.lastSeq,
          type: 'DraftSnapshot',
          data: { text: draft.text, status: draft.status },
          at: new Date(),
        }
      : null
  return followLog({
    read: (seq) => (snapshot && seq === afterSeq ? Promise.resolve([snapshot]) : sharedRead(database, draftId, seq)),
    listen: (listener) => wakeUps.listen(draftTopic(draftId), listener),
    isLast: ({ type }) => terminal.has(type),
    afterSeq,
    isOver: isOver && afterSeq === draft.lastSeq,
    pollMs: 1000,
  })
}

const reads = new Map<string, Promise<LoggedEvent[]>>()

// Followers of one draft wake in the same turn of the event loop and ask for the same page: one query answers them all. Not longer than that
// turn, or a later follower would be given a page from before the event that woke it.
function sharedRead(database: Resources['database'], draftId: string, seq: number): Promise<LoggedEvent[]> {
  const key = `${draftId}:${seq}`
  const begun = reads.get(key)
  if (begun) return begun
  const read = readDraftEvents(database, draftId, seq, pageSize)
  reads.set(key, read)
  setImmediate(() => reads.delete(key))
  return read
}
