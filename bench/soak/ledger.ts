/** What the server acknowledged, as the clients remember it: all of it must be there in the end. */
export interface Ledger {
  conversations: Set<string>
  messages: Set<string>
  drafts: Set<string>
  /** Draft by draft, the message that the server said it was sent as. */
  replies: Map<string, string>
  cancelled: Set<string>
  /** Streams that were read to their end, and how often they were cut before. */
  followed: number
  cuts: number
  /** Requests that had to be made again because nothing answered. */
  retries: number
  /** Requests and streams that gave what they must not give, in words. */
  problems: string[]
}

export const emptyLedger = (): Ledger => ({
  conversations: new Set(),
  messages: new Set(),
  drafts: new Set(),
  replies: new Map(),
  cancelled: new Set(),
  followed: 0,
  cuts: 0,
  retries: 0,
  problems: [],
})
