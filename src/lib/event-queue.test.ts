import { describe, expect, test } from 'vitest'
import { createEventQueue } from './event-queue.ts'

function queueOf(limit: number) {
  const ends: string[] = []
  const queue = createEventQueue<string>({ limit, keyOf: (event) => event[0]!, onEnd: () => ends.push('end') })
  return { queue, ends }
}

describe('a queue of events', () => {
  test('hands them over in their order, before and after they are asked for', async () => {
    const { queue } = queueOf(5)
    const early = queue.next()
    queue.push('a1')
    queue.push('b1')
    queue.push('c1')
    expect([await early, await queue.next(), await queue.next()].map(({ value }) => value)).toEqual(['a1', 'b1', 'c1'])
  })

  test('keeps only the newest of a key, behind what came before it', async () => {
    const { queue } = queueOf(2)
    for (const event of ['a1', 'b1', 'a2', 'a3']) queue.push(event)
    expect([(await queue.next()).value, (await queue.next()).value]).toEqual(['b1', 'a3'])
  })

  test('ends one that is too far behind, and keeps nothing for it', async () => {
    const { queue, ends } = queueOf(2)
    for (const event of ['a', 'b', 'c', 'd']) queue.push(event)
    expect(await queue.next()).toEqual({ done: true, value: undefined })
    expect(ends).toEqual(['end'])
  })

  test('ends at once when its subscriber leaves, also while it waits', async () => {
    const { queue, ends } = queueOf(2)
    const parked = queue.next()
    await queue.return!()
    expect(await parked).toEqual({ done: true, value: undefined })
    await queue.return!()
    queue.push('a')
    expect(await queue.next()).toEqual({ done: true, value: undefined })
    expect(ends).toEqual(['end'])
  })
})
