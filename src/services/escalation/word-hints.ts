import type { LikelyReason } from './escalation-likeness.ts'
import { matchUnlessDeclined, matchUnlessNegated, plainText } from './read-plainly.ts'

const person =
  /\b(?:(?:real|actual|living|live|proper|human) (?:\w+ )?(?:person|people|human|being|agent|response|voice)|living human|hotline|direct line|verbally|(?:on|over) the (?:phone|line)|(?:talk|speak|chat) (?:to|with) (?:one of|your|someone|somebody)|somebody (?:phone|call|ring))\b/
const lawOrSafety =
  /\b(?:fraud|prosecutors?|arbitration|retained counsel|commissioner|regulators?|lawful|illegal|negligen\w+|damages|leaked my|hospital|doctor|injur\w+|unconscious|lost consciousness|throwing up|vomit\w*|pills)\b/

/** Words that many a calm message has too: not enough alone, enough when the message is also like one that needs a person. */
export function hasWordHint(text: string, reason: LikelyReason): boolean {
  const plain = plainText(text)
  if (reason === 'CUSTOMER_ASKED') return matchUnlessDeclined(plain, person)
  return matchUnlessNegated(plain, lawOrSafety)
}
