/**
 * Makes a model's stream storable, in whatever pieces it comes: no NUL or other control characters, no half characters. A pair of surrogates
 * that two pieces share is kept whole.
 */
export function createTextCleaner() {
  let half = ''
  return {
    push(piece: string): string {
      const text = half + piece
      half = /[\ud800-\udbff]$/.exec(text)?.[0] ?? ''
      return text
        .slice(0, text.length - half.length)
        .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')
        .toWellFormed()
    },
  }
}
