import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { followLog } from './follow-log.ts'

function createLog() {
  const events: { seq: number; last?: boolean }[] = []
  const emitter = new EventEmitter()
  const reads = { count: 0 }
  return {
    reads,
    add(event: { last?: boolean } = {}, { silently = false } = {}) {
      events.push({ seq: events.length + 1, ...event })
      if (!silently) emitter.emit('more')
    },
    listeners: () => emitter.listenerCount('more'),
    follow: (afterSeq = 0, pollMs = 60_000, isOver = false) =>
      followLog<{ seq: number; last?: boolean }>({
        read: async (seq) => {
          reads.count += 1
          return events.slice(seq, seq + 2)
        },
        pageSize: 2,
        listen: (listener) => {
          emitter.on('more', listener)
          return () => void emitter.off('more', listener)
        },
        isLast: (event) => event.last ?? false,
        afterSeq,
        isOver,
        pollMs,
      }),
  }
}

async function collect(follower: AsyncIterable<{ seq: number }>) {
  const seqs: number[] = []
  for await (const { seq } of follower) seqs.push(seq)
  return seqs
}

describe('followLog', () => {
  it('replays what is there and goes on live until the last event', async () => {
    const log = createLog()
    log.add()
    log.add()
    log.add()
    const all = collect(log.follow())
    const late = collect(log.follow(2))
    await new Promise(setImmediate)
    log.add()
    log.add({ last: true })
    expect(await all).toEqual([1, 2, 3, 4, 5])
    expect(await late).toEqual([3, 4, 5])
    expect(log.listeners()).toBe(0)
  })

  it('reads once for an event that comes alone, and nothing ahead of a consumer that pauses', async () => {
    const log = createLog()
    const follower = log.follow()
    const first = follower.next()
    await new Promise(setImmediate)
    expect(log.reads.count).toBe(1)
    log.add()
    expect((await first).value?.seq).toBe(1)
    expect(log.reads.count).toBe(2)
    for (let event = 0; event < 50; event++) log.add()
    await new Promise(setImmediate)
    expect(log.reads.count).toBe(2)
    expect((await follower.next()).value?.seq).toBe(2)
    expect(log.reads.count).toBe(3)
    await follower.return()
  })

  it('misses nothing that comes while it reads', async () => {
    let release = () => {}
    let wake = () => {}
    const events: { seq: number }[] = []
    const follower = followLog<{ seq: number }>({
      read: async (seq) => {
        const page = events.slice(seq)
        await new Promise<void>((resolve) => {
          release = resolve
        })
        return page
      },
      pageSize: 10,
      listen: (listener) => {
        wake = listener
        return () => {}
      },
      isLast: () => false,
      afterSeq: 0,
      pollMs: 60_000,
    })
    const next = follower.next()
    await new Promise(setImmediate)
    events.push({ seq: 1 })
    wake()
    release()
    await new Promise(setImmediate)
    release()
    expect((await next).value?.seq).toBe(1)
    await follower.return()
  })

  it('misses nothing when a wake-up is lost', async () => {
    const log = createLog()
    const seqs = collect(log.follow(0, 5))
    await new Promise(setImmediate)
    log.add({ last: true }, { silently: true })
    expect(await seqs).toEqual([1])
  })

  it('ends at once when it is returned while it waits', async () => {
    const log = createLog()
    const follower = log.follow()
    const parked = follower.next()
    await new Promise(setImmediate)
    await follower.return()
    expect(await parked).toEqual({ done: true, value: undefined })
    expect(log.listeners()).toBe(0)
  })

  it('ends at once when there is nothing to come', async () => {
    const log = createLog()
    expect(await collect(log.follow(0, 60_000, true))).toEqual([])
    expect(log.listeners()).toBe(0)
  })

  it('stops listening when it is returned before it was ever read', async () => {
    const log = createLog()
    await log.follow().return()
    expect(log.listeners()).toBe(0)
  })

  it('reads again after a failure that passes, and ends with one that does not', async () => {
    let failures = ['away', 'away']
    const follow = () =>
      followLog<{ seq: number; last?: boolean }>({
        read: async () => {
          const failure = failures.shift()
          if (failure) throw new Error(failure)
          return [{ seq: 1, last: true }]
        },
        pageSize: 2,
        listen: () => () => {},
        isLast: (event) => event.last ?? false,
        afterSeq: 0,
        pollMs: 1,
        isPassing: (error) => (error as Error).message === 'away',
      })
    expect(await collect(follow())).toEqual([1])
    failures = ['away', 'gone']
    await expect(collect(follow())).rejects.toThrow('gone')
    failures = Array.from({ length: 1000 }, () => 'away')
    await expect(collect(follow())).rejects.toThrow('away')
  })
})
