import { findFacts } from './find-facts.ts'

const greeting = /^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|greetings)\b[^.!?]{0,40}[,.!]?$/i
const signOff =
  /^(?:[—–-]{1,2}\s*\S.{0,60}|(?:best|kind|warm|kindest)?\s*(?:regards|wishes)\b.{0,40}|(?:sincerely|cheers|yours|all the best|take care|thanks|thank you|many thanks)\b.{0,30})$/i
const courtesy =
  /^(?:thank(?:s| you)\b|(?:we|i)(?:'m| am|'re| are) (?:so |very |really |truly )?sorry\b|sorry\b|(?:we|i) (?:sincerely )?apologi[sz]e|our apologies|my apologies|please accept|(?:we|i) (?:completely |fully )?(?:understand|know|appreciate|hear)\b|that (?:sounds|must)\b|(?:we|i)(?:'d| would)? (?:hope|love|be (?:happy|glad))\b|(?:we|i)(?:'re| are|'m| am) (?:happy|glad|here)\b|hope (?:this|that)\b|have a (?:great|good|nice|lovely)|let (?:us|me) know|(?:please )?feel free|(?:please )?(?:don't|do not) hesitate|if you (?:have|need) (?:any|more|further|anything)|(?:no (?:problem|worries)|great (?:question|choice|news)|good (?:question|news)|enjoy|it happens to|nothing to worry)\b|(?:yes|no|sure|of course|absolutely|certainly|unfortunately)(?:,? (?:of course|sure|unfortunately|not|please|absolutely|no problem|gladly))?[.!]*$|just (?:reply|write)|you're welcome|looking forward|happy to|glad (?:to|you))/i
const mostCourteousWords = 14
/** Who takes care of it now, and that nothing was found: said about the desk, not about what the articles say. */
const aboutTheDesk =
  /\b(?:colleagues?|team ?mates?|team|specialists?|agents?|someone|person|human)\b.{0,60}\b(?:take (?:a look|over)|takes? (?:it )?over|look into|get back|be in touch|follow up|reply|answer|contact you|write to you)\b|\b(?:pass|passed|passing|forward|forwarded|forwarding|hand|handed|handing|escalat\w+)\b.{0,40}\b(?:colleagues?|team|specialists?|agents?|someone|person|human)\b|\b(?:could|can)(?:n't| not) find\b.{0,60}\b(?:answer|articles?|information|help)\b/i
/** One to four capitalised words: "Ann-Marie O'Neil", "The Northwind Team". A particle between them may be small: "Jan de Vries". */
const name = /^\p{Lu}[\p{L}'’.-]*(?: (?:(?:de|da|di|du|van|von|der|den|la|le|bin|al|y|of) )*\p{Lu}[\p{L}'’.-]*){0,3}$/u
const promisesMore = /\d|\b(?:refund|pay|paid|credit|discount|voucher|replace\w*|free|compensat\w+|guarantee\w*)\b/i
const mostWordsAboutTheDesk = 30

/** Greetings, sign-offs, courtesies and questions to the customer claim nothing. */
export function needsSupport(sentence: string): boolean {
  const plain = sentence.replace(/[’‘]/g, "'").trim()
  const words = plain.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? []
  if (words.length < 2 || greeting.test(plain) || signOff.test(plain) || /\?["')]*$/.test(plain)) return false
  if (aboutTheDesk.test(plain) && !promisesMore.test(plain) && words.length <= mostWordsAboutTheDesk) return false
  // "Sorry, returns are only possible for 30 days" is polite, and a claim.
  return !(courtesy.test(plain) && words.length <= mostCourteousWords && !/\d/.test(plain))
}

/** "Here are the steps:" above a list claims nothing itself, unless it names something exact. */
export function introducesList(sentence: string, following: string): boolean {
  return sentence.endsWith(':') && /^[*_]*\s*\n\s*(?:[-*•]|\d{1,3}[.)])\s/.test(following) && findFacts(sentence).length === 0
}

/** For comparing what two people wrote, not how they said hello: the lines between greeting and signature. */
export function withoutGreetingAndSignature(text: string): string {
  const lines = text.trim().split(/\r?\n/)
  if (greeting.test(lines[0]?.trim() ?? '')) lines.shift()
  while (lines.length > 0 && (lines.at(-1)!.trim() === '' || signOff.test(lines.at(-1)!.trim()))) lines.pop()
  // "Best regards," stands above the name; "PS: bye" is something that was written.
  const closing = lines.length - 2
  if (closing >= 0 && signOff.test(lines[closing]!.trim()) && name.test(lines[closing + 1]!.trim())) lines.splice(closing)
  return lines.join('\n').trim()
}
