import { stemmer } from 'stemmer'

/** Words of grammar and of politeness: they say nothing about what a text is about. */
const stopWords = new Set(
  `a about above after again against all also am an and any anyone anything are aren't as at be because been before being below between both but by can can't cannot could
  couldn't did didn't do does doesn't doing don't during each either else ever every few for from further get gets getting go goes going got had hadn't has hasn't have haven't
  having he her here hers him his how however i i'd i'll i'm i've if in into is isn't it it's its itself just know let let's like likely make many may maybe me might more most much
  must my myself need needs no nor not now of off on once one only onto or other our ours out over own per please possible put quite really right same say says she should shouldn't
  since so some something still such tell than that that's the their theirs them then there there's these they they're thing things this those through to too under until up upon us
  use very want wants was wasn't we we'd we'll we're we've were weren't what what's when where which while who whom whose why will with within without won't would wouldn't yet you
  you'd you'll you're you've your yours hi hello hey dear thanks thank cheers sorry regards kindly help someone somehow actually already anyway`.split(
    /\s+/,
  ),
)

// Each part has an end: without, a long run of letters is read again from each of them.
const addresses = /https?:\/\/\S+|(?<!\S)[^\s@]{1,100}@\S{1,200}/g
const wordLength = 100

/** Stems of the words that carry the meaning, numbers and codes included, each once, in order; blobs are no words. English; words of other languages all count. */
export function contentWords(text: string): string[] {
  const words =
    text
      .replace(addresses, ' ')
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/[\p{L}\p{N}]+(?:['’.,-][\p{L}\p{N}]+)*/gu) ?? []
  const stems = words
    .flatMap((word) => (word.includes('-') ? word.split('-') : [word]))
    .filter((word) => word.length <= wordLength && !stopWords.has(word))
    .map((word) => stemmer(word.replace(/'s$/, '')))
  return [...new Set(stems)]
}
