import { describe, expect, it } from 'vitest'
import { draftStatuses, isLive, statusesBefore } from './draft-statuses.ts'

describe('the life of a draft', () => {
  it('ends in SENT, REJECTED, SUPERSEDED, CANCELLED or FAILED, and goes no further', () => {
    const over = draftStatuses.filter((status) => !draftStatuses.some((next) => statusesBefore(next).includes(status)))
    expect(over).toEqual(['SENT', 'REJECTED', 'SUPERSEDED', 'CANCELLED', 'FAILED'])
  })

  it('begins in QUEUED, from where every other status can be reached', () => {
    expect(statusesBefore('QUEUED')).toEqual([])
    const reached = new Set(['QUEUED'])
    for (const _ of draftStatuses)
      for (const status of draftStatuses) if (statusesBefore(status).some((before) => reached.has(before))) reached.add(status)
    expect([...reached].toSorted()).toEqual(draftStatuses.toSorted())
  })

  it('sends only what is READY, and makes ready only what was written', () => {
    expect(statusesBefore('SENT')).toEqual(['READY'])
    expect(statusesBefore('READY')).toEqual(['STREAMING'])
    expect(statusesBefore('STREAMING')).toEqual(['QUEUED'])
  })

  it('can be stopped, fail or be overtaken while it is live, and once READY only be overtaken or rejected', () => {
    expect(draftStatuses.filter(isLive)).toEqual(['QUEUED', 'STREAMING'])
    expect(statusesBefore('CANCELLED')).toEqual(['QUEUED', 'STREAMING'])
    expect(statusesBefore('FAILED')).toEqual(['QUEUED', 'STREAMING'])
    expect(statusesBefore('SUPERSEDED')).toEqual(['QUEUED', 'STREAMING', 'READY'])
    expect(statusesBefore('REJECTED')).toEqual(['QUEUED', 'STREAMING', 'READY'])
  })
})
