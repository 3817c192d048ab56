import { sentimentWords } from '../../lib/text/sentiment-words.ts'

/** Each from 0 to 1. */
export interface Mood {
  /** How bad the customer feels, by the words of the lexicon that tell a feeling. */
  displeasure: number
  /** Shouted in capitals, or with several exclamation marks. */
  heat: number
  /** It ends in a question: most calm messages with a bad word ask something. */
  question: number
  /** The worst word, where we are addressed or the customer speaks of their own feelings: "terrible weather" is no fault of ours. */
  personal: number
}

/**
 * Words that the lexicon scores as bad and a shop's customers use calmly all day, for they name the matter: a lost parcel, a disputed charge.
 * They say nothing about how somebody feels.
 */
const matters = new Set(
  `lost lose loses losing missing stolen theft thief damage damaged damages broken broke break breaks torn cracked leak leaking loose stuck dead die dies dying died kill killing
  fire burn burned burning hurt hurts pain sick ill injury injuries allergic harm harmful emergency alarm warning danger dangerous risk risks poison toxic accident
  error errors problem problems trouble issue issues fault faulty fail failed fails failure failing bug wrong mistake mistaken mistakes defect defects defective crash crashed crashes
  dispute disputed disputes charged charge charges fraud scam spam illegal debt owe pay paid fee fees fine penalty poor cut cutting stop stopped stops block blocked blocks ban banned
  cancel cancelled canceled cancels cancelling delay delayed delays late pending avoid leave left leaving leaves reject rejected refuse refused denied deny deletes delete deleted
  expired expire empty short shortage demand demands no nuts gross bloody mad hard rash attack hack hacked emotional low cold dirty sorry apologise apologize apology confused confusing
  unsure uncertain bother work working works help helped like fit useful worry worried afraid alone unable limited hide hidden lack lacking dump drop dropped doubt difficult
  bad good fraudulent desperate desperately`.split(/\s+/),
)
const usOrMe =
  /\b(?:you|your|yours|u|ur|(?:company|shop|store|service|support|team|app|hotel|bank|airline|staff|employees?)|i am|i'm|i feel|i felt|i was|makes? me|made me|this is|it's|what an?)\b/i
const severest = 8

// Fitted by `npm run eval -- train-escalation` on eval/data/escalation.jsonl, -fresh and -training, with CLINC150's training part as calm.
const weights: Mood = { displeasure: 3.34, personal: 3.23, heat: 0.95, question: -2.3 }
const bias = -1.6

/** The chance that somebody who writes so is angry, by the feeling in the words. Embeddings say little about it: "lost" is near "furious". */
export function angerOf(text: string): number {
  const mood = readMood(text)
  const sum = Object.entries(weights).reduce((total, [name, weight]) => total + weight * mood[name as keyof Mood], bias)
  return 1 / (1 + Math.exp(-sum))
}

export function readMood(text: string): Mood {
  const bad = sentimentWords(text).flatMap(({ word, score }) => (score < 0 && !matters.has(word.replace(/^#/, '')) ? [-score] : []))
  const worst = Math.max(0, ...bad) / 5
  return {
    displeasure: Math.min(1, bad.reduce((sum, score) => sum + score, 0) / severest),
    heat: isShouted(text) || /!{2,}|!\?|\?!/.test(text) ? 1 : 0,
    question: /\?\W*$/.test(text) ? 1 : 0,
    personal: usOrMe.test(text.replace(/[’‘`]/g, "'")) ? worst : 0,
  }
}

function isShouted(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? []
  return letters.length >= 12 && (text.match(/\p{Lu}/gu)?.length ?? 0) > 0.7 * letters.length
}
