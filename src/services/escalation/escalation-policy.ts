import type { EscalationReason } from '../../generated/prisma/client.ts'
import { asksBeside } from './asks-beside.ts'
import { asksForPerson } from './asks-for-person.ts'
import { composeHandOver } from './compose-hand-over.ts'
import { mentionsLawOrSafety } from './mentions-law-or-safety.ts'
import { isOnlyThanks } from './only-thanks.ts'
import { soundsAngry } from './sounds-angry.ts'

export interface EscalationSignals {
  /** Newest last. */
  customerTexts: string[]
  routing: { intent: string | null; confidence: number; outOfScope: boolean }
  /** Retrieval's judgement: is the answer in the evidence? */
  sufficient: boolean
  /** A part of retrieval was away. */
  degraded: boolean
  /** Of a draft that is written already. */
  supportScore?: number
  /** Cosine of the newest text to the most similar earlier one. */
  similarityToEarlierQuestion?: number
  /** What the newest text is like by its meaning, beside its words. */
  likeness?: ReadonlySet<TextReason>
}

export type TextReason = 'CUSTOMER_ASKED' | 'LEGAL_OR_SAFETY' | 'NEGATIVE_SENTIMENT'

export interface EscalationDecision {
  recommended: boolean
  reasons: EscalationReason[]
  /** For whoever takes over; null when nobody needs to. */
  summary: string | null
}

/** Each of these is enough. The others only add to them: an unsure router says little when the evidence answers the question. */
const decisive = new Set<EscalationReason>(['CUSTOMER_ASKED', 'LEGAL_OR_SAFETY', 'NEGATIVE_SENTIMENT', 'REPEATED_QUESTION', 'MISSING_KNOWLEDGE'])

export const thresholds = {
  /** Above every pair of different questions of the sample (closest: 0.75), below most repeats: see eval/escalation.ts. */
  repeatedQuestion: 0.8,
  // Judgement, not measured: they only add a reason to a recommendation that stands without them.
  confidence: 0.4,
  support: 0.5,
}

const detectors: Record<TextReason, (text: string) => boolean> = {
  CUSTOMER_ASKED: asksForPerson,
  LEGAL_OR_SAFETY: mentionsLawOrSafety,
  NEGATIVE_SENTIMENT: soundsAngry,
}
const textReasons = Object.keys(detectors) as TextReason[]

export function applyEscalationPolicy(signals: EscalationSignals): EscalationDecision {
  const { customerTexts, routing, sufficient, supportScore, likeness } = signals
  const newest = customerTexts.at(-1) ?? ''
  const byWords = textReasons.filter((reason) => detectors[reason](newest))
  if (byWords.length === 0 && isOnlyThanks(newest)) return { recommended: false, reasons: [], summary: null }

  const said = textReasons.filter((reason) => byWords.includes(reason) || likeness?.has(reason))
  const reasons: EscalationReason[] = [...said]
  if (isRepeated(signals)) reasons.push('REPEATED_QUESTION')
  // No article answers "get me a person" or "shame on you", and none needs to.
  if (!sufficient && (said.length === 0 || asksBeside(newest, said.includes('CUSTOMER_ASKED')))) reasons.push('MISSING_KNOWLEDGE')
  const recommended = reasons.some((reason) => decisive.has(reason))
  if (routing.outOfScope) reasons.push('OUT_OF_SCOPE')
  const isUnsure =
    (routing.intent !== null && routing.confidence < thresholds.confidence) || (supportScore !== undefined && supportScore < thresholds.support)
  if (recommended && isUnsure) reasons.push('LOW_CONFIDENCE')
  return { recommended, reasons, summary: recommended ? composeHandOver(signals, reasons) : null }
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
