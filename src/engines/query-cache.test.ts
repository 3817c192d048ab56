import { expect, test } from 'vitest'
import type { EmbedOptions } from './embedder.ts'
import { QueryCache } from './query-cache.ts'

function counted() {
  const cache = new QueryCache({ maximumCharacters: 100 })
  const computed: string[] = []
  const embed = (texts: string[], options: EmbedOptions) =>
    cache.embed(texts, options, async (missing) => {
      computed.push(...missing)
      return missing.map((text) => Float32Array.of(text.length))
    })
  return { computed, embed }
}

test.each<[string, EmbedOptions, number]>([
  ['questions', { priority: 'query' }, 1],
  ['sentences that are to be remembered', { priority: 'bulk', remember: true }, 1],
  ['what an import passes through', { priority: 'bulk' }, 2],
])('%s that come again are embedded so often: %o', async (_what, options, times) => {
  const { computed, embed } = counted()
  for (let round = 0; round < 2; round++)
    expect(await embed(['twice', 'once', 'once'], options)).toEqual([Float32Array.of(5), Float32Array.of(4), Float32Array.of(4)])
  expect(computed.filter((text) => text === 'twice')).toHaveLength(times)
})

test('a question finds what was remembered as a sentence, and what is given out can be changed', async () => {
  const { computed, embed } = counted()
  const [first] = await embed(['The label is free.'], { priority: 'bulk', remember: true })
  first!.fill(0)
  expect(await embed(['The label is free.'], { priority: 'query' })).toEqual([Float32Array.of(18)])
  expect(computed).toHaveLength(1)
})

test('a question that is asked again while it is being read is read once', async () => {
  const { computed, embed } = counted()
  expect(await Promise.all([embed(['once'], {}), embed(['another', 'once'], {}), embed(['once'], {})])).toEqual([
    [Float32Array.of(4)],
    [Float32Array.of(7), Float32Array.of(4)],
    [Float32Array.of(4)],
  ])
  expect(computed.toSorted()).toEqual(['another', 'once'])
})

test('who shares what is being read is not stopped with who asked first, and can stop alone', async () => {
  const cache = new QueryCache({ maximumCharacters: 100 })
  const compute = (_missing: string[], { signal }: { signal: AbortSignal | undefined }) =>
    new Promise<Float32Array[]>((resolve, reject) => {
      if (signal) signal.addEventListener('abort', () => reject(signal.reason))
      else resolve([Float32Array.of(1)])
    })
  const [first, third] = [new AbortController(), new AbortController()]
  const asked = cache.embed(['a question'], { signal: first.signal }, compute)
  const shares = cache.embed(['a question'], {}, compute)
  const sharesToo = cache.embed(['a question'], { signal: third.signal }, compute)
  third.abort(new Error('stopped alone'))
  await expect(sharesToo).rejects.toThrow('stopped alone')
  first.abort(new Error('stopped first'))
  await expect(asked).rejects.toThrow('stopped first')
  expect(await shares).toEqual([Float32Array.of(1)])
})
