import { expect, test } from 'vitest'
import { KeywordIndex } from './keyword-index.ts'

const all = { limit: 10, accepts: (_id: string) => true }
const indexOf = (texts: Record<string, string>) => {
  const index = new KeywordIndex()
  for (const [id, text] of Object.entries(texts)) index.add(id, text)
  return index
}
const ids = (index: KeywordIndex, query: string, options = all) => index.search(query, options).map(({ id }) => id)

test('scores as the formula says', () => {
  const index = indexOf({ a: 'tent tent pole', b: 'stove', c: 'jacket zip', d: 'boot' })
  const [hit] = index.search('tents', all)
  // idf = ln(1 + (4 - 1 + 0.5) / (1 + 0.5)); length 3 of 1.75 on average.
  expect(hit).toEqual({ id: 'a', score: expect.closeTo((Math.log(1 + 3.5 / 1.5) * 2 * 2.2) / (2 + 1.2 * (0.25 + (0.75 * 3) / 1.75)), 6) })
})

test('finds any form of a word, whatever its case and accents, rare words first', () => {
  const index = indexOf({ a: 'Refunds for the café', b: 'refund refund', c: 'the zeppelin', d: 'the boot' })
  expect(ids(index, 'REFUNDED cafe')).toEqual(['a', 'b'])
  expect(ids(index, 'the zeppelins')[0]).toBe('c')
})

test('answers with common words when there are no others', () => {
  expect(ids(indexOf({ a: 'how to', b: 'how so', c: 'how' }), 'how to')[0]).toBe('a')
  expect(ids(indexOf({ a: 'how to', b: 'how so', c: 'how' }), 'how')).toHaveLength(3)
})

test('forgets what was removed, and takes the new text of what was there', () => {
  const index = indexOf({ a: 'tent', b: 'stove' })
  index.add('a', 'boot')
  index.remove('b')
  index.remove('nobody')
  expect([ids(index, 'tent'), ids(index, 'boot'), ids(index, 'stove')]).toEqual([[], ['a'], []])
  expect(index.size).toBe(1)
})

test('finds words of scripts without spaces', () => {
  const index = indexOf({ a: '予約の取り方', b: '返品の方法', c: 'tent' })
  expect(ids(index, '予約')).toEqual(['a'])
  expect(ids(index, '返品したい')).toEqual(['b'])
})

test('takes any query, and only what is accepted', () => {
  const index = indexOf({ a: 'tent', b: 'tent', c: 'x', d: 'y', e: 'z' })
  for (const query of ['', '   ', '?!*"(', '😀', 'x'.repeat(20_000)]) expect(index.search(query, all)).toEqual([])
  expect(ids(index, 'tent', { limit: 10, accepts: (id) => id === 'b' })).toEqual(['b'])
  expect(new KeywordIndex().search('tent', all)).toEqual([])
})
