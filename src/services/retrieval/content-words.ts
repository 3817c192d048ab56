import { stemmer } from 'stemmer'

// Words that carry grammar or politeness, not a subject. English, like the stemmer; words of other languages all count as content.
const functionWords = new Set(
  (
    'a about actually after again all also am an and any anyone anything are as at be because been before being but by can cant could couldnt did didnt do does doesnt doing dont each either else ever ' +
    'few for from get gets getting give go going got had has have havent having he hello help her here hers hey hi him his how i id if ill im in into is isnt it its ive just know less let like ' +
    'many may me might mine more most much must my need no not of off ok okay on one only or other our ours out over own please question quick really same she should shouldnt so some someone something soon still such sure ' +
    'tell than thank thanks that thats the their theirs them then there theres these they theyre thing this those though to too under until up us very want wanted was wasnt way we well were werent what whats when ' +
    'where wheres which while who whose why will with wont would wouldnt yes yet you your yours youre'
  ).split(' '),
)

/** The stems of what a text is about, each once, in order. */
export function contentWords(text: string): string[] {
  const words = text.toLowerCase().replace(/['’]/g, '').match(/[\p{L}\p{N}]+/gu) ?? []
  return [...new Set(words.filter((word) => !functionWords.has(word)).map(stemmer))]
}
