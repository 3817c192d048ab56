import { contentWords } from '../../lib/text/content-words.ts'
import { plainText } from './read-plainly.ts'

const thanks = /\b(?:thanks?|thank you|thx|ty|cheers|appreciate|perfect|great|awesome|brilliant|that (?:solved|fixed|worked|helped|did it))\b/
const goesOn = /\?|\b(?:but|however|still|not|no|never|how|what|when|where|which|why|can|could|would|please|need|want|another|also|until|if)\b|n't\b/
const problem = /\b(?:problems?|issues?|questions?)\b/
const solved = /\b(?:solved|fixed|resolved|sorted|answered|works?|worked|gone)\b/

const kindWords = new Set(
  contentWords(
    `thank thanks thx ty cheers appreciate appreciated perfect great awesome brilliant amazing excellent fantastic wonderful super lovely nice good best fine cool solved solves
    fixed fixes resolved sorted worked works working helped helping helpful answered answer problem issue question everything lot million bunch ton quick quickly fast prompt
    reply response support team assistance advice info information clear understood understand day weekend evening week guy guys lifesaver star happy glad love ok okay yes
    all bye wow truly really perfectly exactly trick brilliantly job work kind kindness patience explanation explaining explained looking time effort`,
  ),
)

/** "Thanks, that solved it!": it asks for nothing, so nothing can be missing from its answer. */
export function isOnlyThanks(text: string): boolean {
  const plain = plainText(text)
  if (!thanks.test(plain) || goesOn.test(plain) || (problem.test(plain) && !solved.test(plain))) return false
  return contentWords(plain).every((word) => kindWords.has(word))
}
