import { describe, expect, it } from 'vitest'
import { createMarkStripper } from './strip-source-marks.ts'

function strip(pieces: string[]) {
  const stripper = createMarkStripper()
  const text = pieces.map((piece) => stripper.push(piece)).join('') + stripper.finish()
  return { text, marks: stripper.marks }
}

describe('createMarkStripper', () => {
  it('takes marks out and remembers where they stood', () => {
    expect(strip(['You have 30 days [1]. The label is free [2, 3].'])).toEqual({
      text: 'You have 30 days. The label is free.',
      marks: [
        { number: 1, at: 16 },
        { number: 2, at: 35 },
        { number: 3, at: 35 },
      ],
    })
  })

  it('gives the same text however the stream is cut', () => {
    const text =
      '\n Hi there,\n\nYou can [Source 1] return it [1][2] within 30 days. [3]\n\n1. Pack [it].\n2. See [this](https://a.example) [ 4\n\n— Us \n'
    const whole = strip([text])
    for (let size = 1; size < 12; size++) {
      const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []
      expect(strip(pieces)).toEqual(whole)
    }
    expect(whole.text).toBe('Hi there,\n\nYou can return it within 30 days.\n\n1. Pack [it].\n2. See [this](https://a.example) [ 4\n\n— Us')
  })

  it('keeps brackets that are no marks', () => {
    expect(strip(['Use [brackets] and [2024-01] and a[1]']).text).toBe('Use [brackets] and [2024-01] and a')
  })

  it('has nothing to say about nothing', () => {
    expect(strip(['', ' \n'])).toEqual({ text: '', marks: [] })
  })
})
