import type { EscalationReason } from '../../generated/prisma/client.ts'
import { isGreeting } from '../../lib/text/is-greeting.ts'
import { asksBeside } from './asks-beside.ts'
import { asksForPerson } from './asks-for-person.ts'
import type { LikelyReason } from './escalation-likeness.ts'
import { mentionsLawOrSafety } from './mentions-law-or-safety.ts'
import { isOnlyThanks } from './only-thanks.ts'
import { soundsAngry } from './sounds-angry.ts'
import { soundsUrgent } from './sounds-urgent.ts'

export interface EscalationSignals {
  /** Turn by turn, newest last. */
  customerTexts: string[]
  routing: { intent: string | null; confidence: number; outOfScope: boolean }
  evidence: {
    /** Retrieval's judgement: is the answer in what a reply may be written from? */
    sufficient: boolean
    /** The chance of that, 0 to 1. */
    confidence: number
    /** The answer seems to be in a staff article, and in no other. */
    staffOnly: boolean
  }
  /** Cosine of the newest text to the most similar earlier one. */
  similarityToEarlierQuestion?: number
  /** What the newest text is like by its meaning, beside its words. */
  likeness?: ReadonlySet<LikelyReason>
}

export interface EscalationDecision {
  recommended: boolean
  /** In the order of the enum: the first is what whoever takes over should know first. Without a recommendation, what was noticed. */
  reasons: EscalationReason[]
  /** Something depends on an answer soon. */
  isUrgent: boolean
}

type TextReason = LikelyReason | 'NEGATIVE_SENTIMENT'

export const thresholds = {
  /** Above every pair of different questions of the sample (closest: 0.75), below most repeats: see eval/escalation.ts. */
  repeatedQuestion: 0.8,
  // Judgement, not measured: it only adds a reason to a recommendation that stands without it.
  routing: 0.4,
  // The next two were chosen on eval/data/bases, like the threshold of judge-evidence.ts.
  /** Evidence below this is no answer for a message that is unlike all examples of the intents. */
  outOfScopeEvidence: 0.5,
  /** Evidence below this is a guess, and who is in a hurry is not made to wait for it: 85% of the answerable questions have more. */
  urgentEvidence: 0.42,
}

/**
 * Whether a person should take over. Each reason has one plain meaning:
 * CUSTOMER_ASKED, they want a person. LEGAL_OR_SAFETY, law, the press, harm, or a stranger in their account. NEGATIVE_SENTIMENT, they are angry.
 * REPEATED_QUESTION, they ask again what was answered before. MISSING_KNOWLEDGE, the articles do not answer it. POLICY, only a staff article
 * does, so a person must decide what the customer is told. OUT_OF_SCOPE, it is unlike anything the intents cover, and the articles hardly fit.
 * LOW_CONFIDENCE, the articles may answer it, but it is urgent and they fit poorly, or beside another reason its subject is unsure.
 */
export function applyEscalationPolicy(signals: EscalationSignals): EscalationDecision {
  const { customerTexts, routing, evidence, likeness } = signals
  const newest = customerTexts.at(-1) ?? ''
  const isUrgent = soundsUrgent(newest)
  const said = textReasons(newest, { isUrgent })
  if (said.size === 0 && (isOnlyThanks(newest) || isGreeting(newest))) return { recommended: false, reasons: [], isUrgent: false }
  for (const reason of likeness ?? []) said.add(reason)

  // No article answers "get me a person" or "shame on you", and none needs to.
  const needsKnowledge = said.size === 0 || asksBeside(newest, said.has('CUSTOMER_ASKED'))
  const decisive = new Set<EscalationReason>(said)
  if (isRepeated(signals)) decisive.add('REPEATED_QUESTION')
  if (needsKnowledge) {
    if (!evidence.sufficient) decisive.add('MISSING_KNOWLEDGE')
    if (!evidence.sufficient && evidence.staffOnly) decisive.add('POLICY')
    if (routing.outOfScope && evidence.confidence < thresholds.outOfScopeEvidence) decisive.add('OUT_OF_SCOPE')
    if (isUrgent && evidence.confidence < thresholds.urgentEvidence) decisive.add('LOW_CONFIDENCE')
  }
  const recommended = decisive.size > 0
  const added = new Set<EscalationReason>()
  if (routing.outOfScope) added.add('OUT_OF_SCOPE')
  if (recommended && routing.intent !== null && routing.confidence < thresholds.routing) added.add('LOW_CONFIDENCE')
  return { recommended, reasons: order.filter((reason) => decisive.has(reason) || added.has(reason)), isUrgent }
}

const order: EscalationReason[] = [
  'CUSTOMER_ASKED',
  'LEGAL_OR_SAFETY',
  'NEGATIVE_SENTIMENT',
  'POLICY',
  'REPEATED_QUESTION',
  'MISSING_KNOWLEDGE',
  'OUT_OF_SCOPE',
  'LOW_CONFIDENCE',
]

function textReasons(text: string, { isUrgent }: { isUrgent: boolean }): Set<TextReason> {
  const reasons = new Set<TextReason>()
  if (asksForPerson(text)) reasons.add('CUSTOMER_ASKED')
  if (mentionsLawOrSafety(text)) reasons.add('LEGAL_OR_SAFETY')
  if (soundsAngry(text, { isUrgent })) reasons.add('NEGATIVE_SENTIMENT')
  return reasons
}

function isRepeated({ customerTexts, similarityToEarlierQuestion }: EscalationSignals): boolean {
  const [newest = '', ...earlier] = customerTexts.map(normalised).reverse()
  // "Hello?" twice is impatience, not the same question.
  if (newest.split(' ').length < 3) return false
  return earlier.includes(newest) || (similarityToEarlierQuestion ?? 0) >= thresholds.repeatedQuestion
}

function normalised(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
