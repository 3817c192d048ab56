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
  /\bhow (long|many|much|soon|fast|often|late|far|old|big|heavy|large|does|is|are)\b|\b(when|where|why|which|who)\b|\bwhat(['’]s| is| are| was| were| does| kinds?| types?| sorts?)\b(?! (wrong|going on|happening))|^(can|could|may|is|are|do|does|will|would|should|am|was|has|have|did)\b/i

export function asksWhatIs(question: string): boolean {
  return /\bwhat(['’]s| is| are| was| were)\b/i.test(question) && !asksForSteps(question)
}

export function asksHow(question: string): boolean {
  return how.test(question)
}

const action = /\bhow (?:(?:do|can|could|should|would|may|must) (?:i|we|you|one)|to) (\p{L}+)/iu

/** The stem of "return" in "How do I return boots?". */
export function actionAskedFor(question: string): string | null {
  return contentWords(action.exec(question)?.[1] ?? '')[0] ?? null
}

/** Wants to be told what to do, in so many words or by telling a trouble, rather than a fact. */
export function asksForSteps(question: string): boolean {
  return asksHow(question) || !fact.test(question.trim())
}

/** "Which cards do you take?": wants to hear of all there are. */
export function asksForChoice(question: string): boolean {
  return /\b(which|what)\b.*\b(do|can|are|does|could|may)\b.*\b(accept\w*|take|offer\w*|have|sell|support\w*|provide|available|pay|use|choose|possible|options?|methods?)\b/i.test(
    question,
  )
}

const thanks =
  /^(and |so |ok(ay)? |great |perfect |many |a lot of )*(thanks?|thank you|thx|ty|cheers|much appreciated|(i )?(really |do )?appreciate (it|that|this|(all )?(your|the) (quick |fast |kind )?(help|reply|support)))( again| a lot| a bunch| a million| a ton| so much| very much| ever so much| everyone| all| guys| team| you two| both)*( for (all )?((your|the|this|that|such an?) )?((super |very |really )?(quick|fast|great|kind|prompt|speedy|friendly|helpful|lovely|excellent|detailed) )*(help|helping( me)?( out)?|reply|replying|answer|answering|response|responding|support|info|information|time|assistance|patience|service|explanation|explaining|clarification|clarifying|update|work|everything))?( today| now)?$/i
const solved =
  /^((and|so|yes|ok(ay)?|now|oh|it seems|looks like|i think) )*((that|this|it|which|everything|all|the (problem|issue|link|code)|my (problem|issue|question))('s| is| has been| has| was| have| did)? )?(all )?(now )?(solved|fixed|works?|working|worked|helped|helps|helpful|answers|answered|resolved|sorted|clear|settled|perfect|great|good|it|all|did the trick|does the trick|the trick|makes sense|done|what i needed|all i needed|exactly what i needed)( it| that| everything| my (question|problem|issue)| the (problem|issue)| out| me| now| again| perfectly| fine| well| great| a lot| so much| very much| i needed| for me| all)*$/i
const pleased =
  /^(ok(ay)?|oh|ah|wow|yes|yep|yay|super|great|perfect|awesome|cool|wonderful|brilliant|amazing|excellent|fantastic|lovely|nice|good|alright|all right|all good|got it|i see|understood|very helpful|so helpful|that was (quick|fast|easy)|hi|hello|hey|hi there|hey there|you['’]?re (the best|awesome|amazing|great)|great (help|service|support)|sounds good|will do|no (more|further|other) questions|nothing else|that['’]?s (all|it|great|perfect|good to know))( there| again| then| indeed| for now)*$/i
const goodbye =
  /^(and |so )*(good ?bye|bye( bye)?|see you( later| soon)?|take care|talk (to you )?(soon|later)|you too|same to you|all the best|(best|kind|warm) (regards|wishes)|(have|wish(ing)? you) an? (very )?(great|good|nice|lovely|wonderful|pleasant) (day|one|evening|afternoon|morning|night|week|weekend|time))( ahead| too| everyone| then| all)*$/i

/** A message of nothing but thanks or a goodbye: it asks for no answer, so none may be quoted to it. */
export function courtesyOf(message: string): 'thanks' | 'goodbye' | null {
  if (message.includes('?')) return null
  const clauses = message
    .replace(/’/g, "'")
    .split(/[.!,;:\n–—-]+|\s(?:and|but)\s(?=thank|bye|good ?bye|have a)|[^\p{L}\p{N}\s'.!,]+/u)
    .map((clause) => clause.trim().replace(/\s+/g, ' '))
    .filter((clause) => /\p{L}/u.test(clause))
  const isThanks = clauses.some((clause) => thanks.test(clause) || solved.test(clause))
  const isGoodbye = clauses.some((clause) => goodbye.test(clause))
  if (!isThanks && !isGoodbye) return null
  if (!clauses.every((clause) => [thanks, solved, pleased, goodbye].some((pattern) => pattern.test(clause)))) return null
  return isThanks ? 'thanks' : 'goodbye'
}
