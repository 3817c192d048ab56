import { randomBytes } from 'node:crypto'

let lastMs = 0
let count = 0

/** An id that begins with the time. Those of one process sort in the order in which they were made, also within a millisecond. */
export function uuid7(): string {
  const now = Date.now()
  if (now > lastMs) {
    lastMs = now
    count = 0
  } else if (++count > 0xfff) {
    // More than 4,096 in a millisecond, or a clock that was set back: the time goes on by itself.
    lastMs++
    count = 0
  }
  const time = lastMs.toString(16).padStart(12, '0')
  const random = randomBytes(8)
  random[0] = (random[0]! & 0x3f) | 0x80
  const end = random.toString('hex')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count.toString(16).padStart(3, '0')}-${end.slice(0, 4)}-${end.slice(4)}`
}
