/** Where the model cited a source: `at` is the UTF-16 offset in the stripped text that the mark stood at. */
export interface SourceMark {
  number: number
  at: number
}

// [1], [1, 2], [Source 1], as models write them.
const completeMark = /^\[(?:source\s+)?(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\]/i
const unfinishedMark = /^\[(?:s(?:o(?:u(?:r(?:c(?:e(?:\s+)?)?)?)?)?)?)?[\d\s,;]{0,24}$/i

/**
 * Takes source marks out of a stream of text, in whatever pieces it comes, and trims it: white space is held back until something follows,
 * so that "refund [1]." becomes "refund." and what is sent ends where the words end.
 */
export function createMarkStripper() {
  const marks: SourceMark[] = []
  let held = ''
  let length = 0

  function take(text: string): string {
    length += text.length
    return text
  }

  function consume(isLast: boolean): string {
    let output = ''
    for (;;) {
      const [space] = /^\s*/.exec(held)!
      const rest = held.slice(space.length)
      if (rest === '') break
      if (rest.startsWith('[')) {
        const mark = completeMark.exec(rest)
        if (mark) {
          for (const number of mark[1]!.split(/[,;]/)) marks.push({ number: Number(number), at: length })
          // The space before a mark goes with it when punctuation or another mark follows; white space at the start always does.
          held = space + rest.slice(mark[0].length)
          continue
        }
        if (!isLast && unfinishedMark.test(rest)) break
      }
      // The first character after the space, and everything up to the next space or bracket.
      const [words] = /^.[^\s[]*/s.exec(rest)!
      const kept = length === 0 || (marks.at(-1)?.at === length && /^[.,;:!?)]/.test(words)) ? '' : collapseAfterMark(space)
      output += take(kept + words)
      held = rest.slice(words.length)
    }
    return output
  }

  // "fee [1] applies" leaves two spaces around the mark, and "days [1]" at the end of a line one before the break.
  function collapseAfterMark(space: string): string {
    return marks.at(-1)?.at === length ? space.replace(/^ +/, (spaces) => (spaces === space ? ' ' : '')) : space
  }

  return {
    marks,
    /** The text that is certain by now; the rest waits for what follows. */
    push(piece: string): string {
      held += piece
      return consume(false)
    },
    finish(): string {
      return consume(true)
    },
  }
}
