import type { TextReason } from './escalation-policy.ts'
import { matchUnlessDeclined, matchUnlessNegated, plainText } from './read-plainly.ts'
import { mild } from './sounds-angry.ts'

const person =
  /\b(?:(?:real|actual|living|live|proper|human) (?:\w+ )?(?:person|people|human|being|agent|response|voice)|living human|hotline|direct line|verbally|(?:on|over) the (?:phone|line)|(?:talk|speak|chat) (?:to|with) (?:one of|your|someone|somebody)|somebody (?:phone|call|ring))\b/
const lawOrSafety =
  /\b(?:fraud|prosecutors?|arbitration|retained counsel|commissioner|regulators?|lawful|illegal|negligen\w+|damages|leaked my|hospital|doctor|injur\w+|unconscious|lost consciousness|throwing up|vomit\w*|pills)\b/
const anger = /\b(?:patience|insult\w*|scream|amateurs?|shambles|excuses?|disgrace\w*|worst|liars?|fool)\b/

/** Words that many a calm message has too: not enough alone, enough when the message is also like one that needs a person. */
export function hasWordHint(text: string, reason: TextReason): boolean {
  const plain = plainText(text)
  if (reason === 'CUSTOMER_ASKED') return matchUnlessDeclined(plain, person)
  if (reason === 'LEGAL_OR_SAFETY') return matchUnlessNegated(plain, lawOrSafety)
  return matchUnlessNegated(plain, mild) || matchUnlessNegated(plain, anger)
}
