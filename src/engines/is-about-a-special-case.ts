import { contentWords } from '../lib/text/content-words.ts'

const narrowed =
  /^(?:[\p{L}'’-]+ ){1,3}(?:with|without|that|which|for|from|in|on|under|over|below|above) (.{2,60}?),? (?:can|cannot|may|must|will|is|are|has|have|takes?|costs?)\b/iu

/** "Bookings with a caravan can only …" speaks of some of the bookings, and nobody asked about a caravan. */
export function isAboutASpecialCase(question: string, text: string): boolean {
  const words = contentWords(narrowed.exec(text)?.[1] ?? '')
  const asked = new Set(contentWords(question))
  return words.length > 0 && !words.some((word) => asked.has(word))
}
