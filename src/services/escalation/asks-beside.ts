import { contentWords } from '../../lib/text/content-words.ts'
import { sentenceSpans } from '../../lib/text/sentence-spans.ts'
import { asksForPerson } from './asks-for-person.ts'

const asking =
  /\?\W*$|^\W*(?:(?:and|but|so|also|please) )?(?:how|what|when|where|which|who|why|can|could|do|does|did|is|are|will|would|should|may)\b/i

/** Whether a message that asks for a person, or is angry, also has a question that articles could answer. */
export function asksBeside(text: string, wantsPerson: boolean): boolean {
  const sentences = sentenceSpans(text).map((sentence) => sentence.text)
  const others = sentences.filter((sentence) => !asksForPerson(sentence))
  // Its words were not recognised, its meaning was: then the one sentence is the request.
  if (wantsPerson && sentences.length === 1) return false
  return others.some((sentence) => asking.test(sentence) && contentWords(sentence).length >= 2)
}
