import { contentWords } from '../lib/text/content-words.ts'

const secondQuestion = /,?\s+(?:and|or|but|also)\s+(?=(?:how|what|when|where|which|who|why|can|could|do|does|is|are|will|would|should)\b)/i
const maximumParts = 3

/** The message itself, then each question in it, or each sentence where nothing is asked outright. */
export function questionParts(message: string): string[] {
  const whole = message.replace(/\s+/g, ' ').trim()
  const parts = whole
    .split(/(?<=[?!.])\s+/)
    .flatMap((sentence) => sentence.split(secondQuestion))
    .filter((part) => contentWords(part).length > 0)
  const questions = parts.filter((part) => part.endsWith('?'))
  const several = (questions.length > 0 ? questions : parts).slice(-maximumParts)
  return [...new Set([whole, ...several])]
}

const how =
  /\bhow (do|can|could|should|would|to|may|must|am|shall)\b|\bsteps?\b|\b(walk|guide|talk) me through\b|\bwhat (do|should|must|can) (i|we) do\b|\binstructions?\b|\bset ?up\b/i
const fact =
  /\bhow (long|many|much|soon|fast|often|late|far|old|big|heavy|large|does|is|are)\b|\b(when|where|why|which|who)\b|^(can|could|may|is|are|do|does|will|would|should|am|was|has|have|did)\b/i

export function asksHow(question: string): boolean {
  return how.test(question)
}

/** Wants to be told what to do, in so many words or by telling a trouble, rather than a fact. */
export function asksForSteps(question: string): boolean {
  return asksHow(question) || !fact.test(question.trim())
}
