import { counted } from '../counted.ts'
import type { Base } from '../knowledge/open-base.ts'
import { readRegistered } from './registered.ts'

export async function listOperations(base: Base): Promise<number> {
  const all = await readRegistered(base)
  for (const { partner, name, type, hash, status, cost, lastUsedAt, sunsetAt } of all) {
    const until = status === 'DEPRECATED' && sunsetAt ? ` until ${sunsetAt}` : ''
    process.stdout.write(
      `${partner.name}: ${type} ${name}, ${status}${until}, ${counted(cost, 'point')}, ${lastUsedAt ? `used ${lastUsedAt}` : 'never used'}, ${hash}\n`,
    )
  }
  process.stdout.write(`${counted(all.length, 'registered operation')}\n`)
  return 0
}
