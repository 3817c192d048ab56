import { setTimeout as wait } from 'node:timers/promises'
import { type DeskClient, type DraftEvent, RefusedError } from './desk-client.ts'
import type { Ledger } from './ledger.ts'
import { draftEvents } from './operations.ts'

export interface Watch {
  /** The socket is cut after so many events, each time it is open; never when undefined. */
  cutAfter?: number | undefined
  /** What else happens after so many events, once. */
  act?: { afterEvents: number; run: () => Promise<void> } | undefined
}

const mostReconnects = 500

/** Reads a draft's stream to its end over as many sockets as it takes, and holds it to its promises. Returns the last event. */
export async function followDraft(client: DeskClient, draftId: string, { cutAfter, act }: Watch, ledger: Ledger): Promise<DraftEvent> {
  let seq = 0
  let text = ''
  let received = 0
  let acting: Promise<void> | null = null
  let cutsLeft = cutAfter === undefined ? 0 : 3
  for (let connection = 0; connection < mostReconnects; connection++) {
    let onThisSocket = 0
    try {
      for await (const event of client.events(draftEvents, { draftId, afterSeq: seq })) {
        if (event.__typename === 'DraftSnapshot') text = event.text!
        else if (event.seq !== seq + 1) ledger.problems.push(`draft ${draftId}: event ${event.seq} came after ${seq}`)
        if (event.__typename === 'DraftDelta') {
          if (event.offset !== text.length) ledger.problems.push(`draft ${draftId}: offset ${event.offset} after ${text.length} characters`)
          text += event.text
        }
        seq = event.seq
        received += 1
        onThisSocket += 1
        if (event.draft) {
          if (event.draft.text !== text) ledger.problems.push(`draft ${draftId}: its events are not its text`)
          ledger.followed += 1
          await acting
          return event
        }
        if (act && !acting && received >= act.afterEvents) acting = act.run()
        if (cutsLeft > 0 && onThisSocket >= cutAfter!) {
          cutsLeft -= 1
          ledger.cuts += 1
          client.cut()
          break
        }
      }
    } catch (error) {
      // A refusal is an answer; anything else is a socket that went away.
      if (error instanceof RefusedError) throw error
      await wait(100)
    }
  }
  throw new Error(`draft ${draftId} did not end over ${mostReconnects} connections`)
}
