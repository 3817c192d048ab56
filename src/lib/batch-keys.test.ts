import { expect, test } from 'vitest'
import { batchKeys } from './batch-keys.ts'

test('asks once for all keys of one turn, and again for those of the next', async () => {
  const asked: number[][] = []
  const isEven = batchKeys<number>(async (keys) => {
    asked.push(keys)
    return keys.filter((key) => key % 2 === 0)
  })
  expect(await Promise.all([1, 2, 3, 2].map(isEven))).toEqual([false, true, false, true])
  expect(await isEven(4)).toBe(true)
  expect(asked).toEqual([[1, 2, 3], [4]])
})

test('fails those who asked, and nobody after them', async () => {
  let isBroken = true
  const has = batchKeys<number>(async (keys) => {
    if (isBroken) throw new Error('away')
    return keys
  })
  await expect(Promise.all([has(1), has(2)])).rejects.toThrow('away')
  isBroken = false
  expect(await has(1)).toBe(true)
})
