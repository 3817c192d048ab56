import type { DraftStatus } from '../../generated/prisma/client.ts'

/** The life of a draft. What has no way on is over, and stays as it is. */
const waysOn: Record<DraftStatus, readonly DraftStatus[]> = {
  QUEUED: ['STREAMING', 'REJECTED', 'SUPERSEDED', 'CANCELLED', 'FAILED'],
  STREAMING: ['READY', 'REJECTED', 'SUPERSEDED', 'CANCELLED', 'FAILED'],
  READY: ['SENT', 'REJECTED', 'SUPERSEDED'],
  SENT: [],
  REJECTED: [],
  SUPERSEDED: [],
  CANCELLED: [],
  FAILED: [],
}

export const draftStatuses = Object.keys(waysOn) as DraftStatus[]

/** Waiting or being written: at most one of a conversation is, which an index of the database holds too. */
export const liveStatuses: DraftStatus[] = ['QUEUED', 'STREAMING']

export function isLive(status: DraftStatus): boolean {
  return liveStatuses.includes(status)
}

/** From where a draft may become this. */
export function statusesBefore(status: DraftStatus): DraftStatus[] {
  return draftStatuses.filter((before) => waysOn[before].includes(status))
}
