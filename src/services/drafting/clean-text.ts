import { stripInvisible, strippableLength } from '../../lib/text/strip-invisible.ts'

const controlCharacters = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g
/** No word and no emoji is as long; a run that is does not hold up the stream. */
const longestHeld = 256

/**
 * Makes a model's stream storable, in whatever pieces it comes: no NUL or other control characters, no half characters, nothing that nobody
 * sees. A pair of surrogates that two pieces share is kept whole, and so is an emoji of several characters.
 */
export function createTextCleaner() {
  let half = ''
  let held = ''
  return {
    /** The text that is certain by now; the rest waits for what follows. */
    push(piece: string): string {
      const text = half + piece
      half = /[\ud800-\udbff]$/.exec(text)?.[0] ?? ''
      const storable = text
        .slice(0, text.length - half.length)
        .replace(controlCharacters, '')
        .toWellFormed()
      const all = held + storable
      const cut = strippableLength(all, longestHeld)
      held = all.slice(cut)
      return stripInvisible(all.slice(0, cut))
    },
    finish(): string {
      const last = stripInvisible(held)
      half = ''
      held = ''
      return last
    },
  }
}
