import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import { Tokenizer } from '@huggingface/tokenizers'
import { afterAll, describe, expect, test } from 'vitest'
import { writeTinyEmbedder } from '../../test/support/tiny-models.ts'
import { EmbedderUnavailableError } from './embedder.ts'
import { minilm, shippedModelsDir as modelsDir } from './shipped-minilm.ts'
import { createTokenCounter } from './tokenizer.ts'

const count = createTokenCounter(modelsDir)

test('counts the word pieces and the two special ones', () => {
  expect(count('')).toBe(2)
  expect(count('Return & Refund Policy')).toBe(7)
})

test('does not stop at 128, 256 or 512', () => {
  expect(count('return '.repeat(3_000))).toBe(3_002)
})

test('loads nothing before the first count', () => {
  expect(() => createTokenCounter('/nowhere')).not.toThrow()
})

describe('counting word by word', () => {
  const folder = resolve(import.meta.dirname, '../../data/help-center')
  const helpCenter = readdirSync(folder).map((name) => readFileSync(resolve(folder, name), 'utf8'))
  const json = (name: string) => JSON.parse(readFileSync(resolve(modelsDir, minilm.name, name), 'utf8'))
  const tokenizer = new Tokenizer(json('tokenizer.json'), json('tokenizer_config.json'))
  const expectSame = (text: string) => expect(count(text), text.slice(0, 60)).toBe(tokenizer.encode(text).ids.length)

  test('gives the same number for the whole help centre', () => {
    for (const article of helpCenter) expectSame(article)
    expectSame(helpCenter.join('\n'))
  })

  test.each([
    '',
    ' \n\t ',
    'naïve café — “Größe” №5 ½ ﬁ',
    'ΑΗΣ.Α ΑΗΣ ΟΔΥΣΣΕΥΣ-ΣΑΣ',
    'İstanbul ıI DİYARBAKIR',
    '退货政策 returns退货x 豈 𠀀 ㍿',
    'かな カタカナ 한국어 ภาษาไทย हिन्दी עברית',
    '👩‍👩‍👧🎉 ok👍🏽 🇩🇪',
    'e\u0301 -\u0301a \u0301',
    '[SEP] x[MASK]y [CLS][UNK]. [ SEP ] [sep]',
    'zero\u200bwidth\u00a0nbsp\u2028line\ufeffbom\u0000nul\u007fdel\u0085nel\u3000wide',
    '\ud800 lone \udc00x',
    `${'x'.repeat(100)} ${'x'.repeat(101)} ${'é'.repeat(101)}`,
    '##ing ## # a##b',
    'snake_case kebab-case https://example.com/a?b=c&d=%20 <b>~`^|$+=</b>',
    Buffer.from('a base64 text that goes on for a while').toString('base64').repeat(40),
    'a-'.repeat(500),
    '1234567890 3.14 1e5 0x1F v2',
  ])('gives the same number for %j', expectSame)

  test('gives the same number for any mixture of characters', () => {
    const characters = [...'aB9é. -_[]#ΣΑ退ㄅ🎉\u0301\u200b\u00a0\n\ufffd\u0000İſﬀ\ud83c가', '[SEP]', 'ing']
    let state = 7
    const next = (below: number) => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) % below
    for (let round = 0; round < 3_000; round++) expectSame(Array.from({ length: 1 + next(12) }, () => characters[next(characters.length)]).join(''))
  })

  test.each([
    ['prose', helpCenter.join('\n').repeat(10)],
    ['one word', 'a'.repeat(200_000)],
    ['dashes', 'a-'.repeat(100_000)],
    ['Chinese', '退货政策'.repeat(50_000)],
  ])('takes much less than a second for 200,000 characters of %s', (_, text) => {
    const before = process.cpuUsage().user
    count(text.slice(0, 200_000))
    expect((process.cpuUsage().user - before) / 1000).toBeLessThan(500)
  })
})

describe('the vocabulary of another model', () => {
  const folder = mkdtempSync(resolve(tmpdir(), 'understudy-models-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  test('counts for it; of a server’s model, and of one that is not here, MiniLM’s does', () => {
    writeTinyEmbedder(folder, 'tiny/one', { dimensions: 8 })
    const text = 'unbelievable returns'
    expect(createTokenCounter(folder, 'tiny/one:fp32')(text)).toBe(4)
    for (const model of ['openai:nomic', 'tiny/two:fp32']) expect(createTokenCounter(folder, model)(text)).toBe(count(text))
  })

  test('says EmbedderUnavailable while it is damaged or missing, and recovers', () => {
    for (const model of ['tiny/one:fp32', `${minilm.name}:q8`]) {
      const path = resolve(folder, model.replace(/:.*/, ''), 'tokenizer.json')
      cpSync(resolve(modelsDir, minilm.name), resolve(folder, minilm.name), { recursive: true })
      const whole = readFileSync(path)
      const own = createTokenCounter(folder, model)
      for (const damage of [whole.subarray(0, 100), '{}', whole.toString().replace('"vocab"', '"vocap"')]) {
        writeFileSync(path, damage)
        expect(() => own('Hello'), model).toThrow(EmbedderUnavailableError)
      }
      rmSync(path)
      expect(() => own('Hello')).toThrow(/tokenizer\.json is missing/)
      writeFileSync(path, whole)
      expect(own('returns')).toBe(3)
    }
  })
})
