/** A text as Markdown that shows just this text. Only what would be read as a mark is escaped, so that it stays readable. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\\(?=[!-/:-@[-`{-~])/g, '\\\\')
    .replace(/`|\*(?=\S)|(?<=\S)\*|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&')
    .replace(/<(?=[a-z/!?])|&(?=#?[a-z0-9]+;)|(?<=\])\(/gi, '\\$&')
}

/** What at the start of a line would make it a heading, a list, a quote, a rule or a fence. */
export function escapeLineStarts(text: string): string {
  return text.replace(/^(?:(\d{1,9})([.)])(?=\s|$)|#{1,6}(?=\s|$)|>|[-+](?=\s|$)|~~~|=+$|-{2,}$)/gm, (match, number?: string, mark?: string) =>
    number === undefined ? `\\${match}` : `${number}\\${mark}`,
  )
}

/** Code within a line. */
export function codeSpan(code: string): string {
  const marks = '`'.repeat(longestRun(code) + 1)
  const gap = /^`|`$/.test(code) ? ' ' : ''
  return `${marks}${gap}${code}${gap}${marks}`
}

/** Lines of code. */
export function codeBlock(code: string, language: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(code) + 1))
  return `${fence}${language}\n${code}\n${fence}`
}

const longestRun = (code: string) => Math.max(0, ...[...new Set(code.match(/`+/g) ?? [])].map(({ length }) => length))

const linkLength = 2_000

/** An address as a Markdown link may hold it, or null for one that leads nowhere: scripts, data, a place on the same page. */
export function linkTarget(href: string | undefined, base: string | null): string | null {
  const given = href?.replace(/[\u0000-\u0020\u007f]+/g, ' ').trim()
  if (!given || given.startsWith('#') || given.length > linkLength) return null
  const absolute = base === null ? given : URL.canParse(given, base) ? new URL(given, base).href : null
  if (absolute === null || (/^[a-z][a-z0-9+.-]*:/i.test(absolute) && !/^(https?|mailto|tel):/i.test(absolute))) return null
  return absolute.replace(/[()<> \\]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}
