import { stripInvisible } from './strip-invisible.ts'

// Also as an entity, escaped once more or not, and in the forms that compatibility normalisation makes the same.
const opening = /(?:[<＜﹤]|&(?:amp;){0,5}(?:lt\b|#0{0,9}60(?!\d)|#x0{0,9}3c(?![\da-f]));?(?!;))(?! ?[\d$€£])/gi
/** [INST], [/INST], [TOOL_CALLS]: control tokens of some models, which read them in the middle of a text too. */
const bracketToken = /\[(\/?[A-Z][A-Z_]{2,40})\]/g
const lineBreaks = /\r\n?|[\u0085\u2028\u2029]/g

const role =
  'system|assistant|user|human|agent|customer|support|developer|tool|function|model|ai|bot|chatbot|instructions?|prompt|response|input|output|question|answer|context'
// "### System:", "**Assistant** (final):", "[user]:", "> agent –". What stands before the colon is short, or the line is prose.
const roleLine = new RegExp(String.raw`^[\s>#*_\[({"'|=~\`-]{0,20}(?:${role})(?:[\s_*()[\]-]{1,4}[a-z]{1,20}){0,2}[\s*_\])}"'|>~\`=-]{0,10}(?::|$)`)
const fence = /^[\s>]{0,20}(?:`{3}|~{3})/
/** Letters of other scripts that look like Latin ones in the names of roles. */
const lookAlikes = new Map([...'аαеεоοрρсϲуυхχіιѕјνтτкκмнһԁӏգո꞉∶ː'].map((letter, index) => [letter, 'aaeeooppccyyxxiisjvttkkmnhdlgn:::'[index]!]))

/**
 * A text of a stranger as it may stand inside a labelled block of a prompt: nothing in it opens or closes a tag, is one of a model's control
 * tokens, or starts a line as a speaker or a code fence does; such a line becomes a quotation. Everything else stays readable as it was.
 */
export function untrustedText(text: string): string {
  return stripInvisible(text)
    .replace(lineBreaks, '\n')
    .replace(opening, '‹')
    .replace(bracketToken, '($1)')
    .split('\n')
    .map(quoteIfSpeaking)
    .join('\n')
}

/** The same for a value between double quotes: on one line, and without the quotes and brackets that end it. */
export function untrustedAttribute(text: string): string {
  return untrustedText(text)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/["＂]|&(?:amp;){0,5}(?:quot|#0{0,9}34|#x0{0,9}22);?/gi, "'")
    .replace(/[<＜﹤]/g, '‹')
    .replace(/[>＞﹥]/g, '›')
}

function quoteIfSpeaking(line: string): string {
  if (line === '') return line
  const start = folded(line.slice(0, 120))
  return roleLine.test(start) || fence.test(start) ? `> ${line}` : line
}

/** As one would read it aloud: without accents, width, case and borrowed letters. */
function folded(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return plain.replace(/[^\u0000-\u007f]/g, (letter) => lookAlikes.get(letter) ?? letter)
}
