import { contentWords } from '../../lib/text/content-words.ts'
import type { Claim } from './read-claims.ts'

/** Of each line a thing is one: what holds for one of them says nothing about another, nor about all. */
const contrasts = `
  usa american america domestic | international abroad foreign overseas | canada canadian | mexico | uk british | europe european eu | australia | alaska hawaii
  basic starter | pro professional | plus | premium | enterprise | student
  standard | express | overnight | economy | priority
  adult | child children kid | senior | baby infant | puppy | kitten
  dog | cat | horse | bird
  summer | winter | spring | autumn
  weekday | weekend | saturday | sunday | holiday
  monthly | yearly annual annually | weekly
  first | second | third
  digital | printed
  credit | debit | gift
  small | medium | large big oversized
  leather | down | wool | cotton | synthetic
  hot | cold
  damaged | lost | delayed late | wrong | missing`
  .trim()
  .split('\n')
  .map((line) => line.split('|').map((group) => new Set(group.trim().split(/\s+/).flatMap(contentWordsOrSelf))))

/** Words of titles that name no thing of their own. */
const plainTitleWords = new Set(
  contentWords(
    'policy policies guide faq question answer overview rule rules information info about basics terms conditions details start create manage check use using change general time times how long what happens work works get way',
  ),
)

/** Whether two claims are about different things of one sort: Canada and the US, the Basic and the Pro plan, two models, two seasons. */
export function toldApart(a: Claim, b: Claim): boolean {
  const [aboutA, aboutB] = [a, b].map((claim) => new Set(rawWords(aboutOf(claim)))) as [Set<string>, Set<string>]
  for (const groups of contrasts) {
    const inA = groups.filter((group) => overlaps(group, aboutA))
    const inB = groups.filter((group) => overlaps(group, aboutB))
    // One that names none of them speaks of all, or of another matter; only what both name, and differently, tells them apart for sure.
    if (inA.length > 0 && inB.length > 0 && !inA.some((group) => inB.includes(group))) return true
  }
  return namesDiffer(a, b) || areSiblings(a, b) || subjectsDiffer(a, b)
}

// "Parcels to Italy" and "Parcels to Norway": names that only one of them has, on both sides.
function namesDiffer(a: Claim, b: Claim): boolean {
  const [namesA, namesB] = [namesIn(a.sentence), namesIn(b.sentence)]
  const [textA, textB] = [a, b].map((claim) => aboutOf(claim).toLowerCase()) as [string, string]
  const onlyA = [...namesA].filter((name) => !textB.includes(name.toLowerCase()))
  const onlyB = [...namesB].filter((name) => !textA.includes(name.toLowerCase()))
  return onlyA.length > 0 && onlyB.length > 0
}

function namesIn(sentence: string): Set<string> {
  const words = [...sentence.matchAll(/(?<=[\p{L}\p{N},;)] )\p{Lu}[\p{L}\p{N}-]+/gu)].map(({ 0: word }) => word)
  return new Set(words.filter((word) => !/^(?:I|AM|PM)$/.test(word)))
}

// "The Basic plan", "The Pro plan": titles with a word in common, and with one of its own each that the other claim does not say.
function areSiblings(a: Claim, b: Claim): boolean {
  const [titleA, titleB] = [a, b].map(({ title }) => new Set(contentWords(title).filter((word) => !plainTitleWords.has(word)))) as [
    Set<string>,
    Set<string>,
  ]
  const [aboutA, aboutB] = [a, b].map((claim) => new Set(contentWords(aboutOf(claim)))) as [Set<string>, Set<string>]
  const shared = [...titleA].filter((word) => titleB.has(word)).length
  const onlyA = [...titleA].filter((word) => !aboutB.has(word)).length
  const onlyB = [...titleB].filter((word) => !aboutA.has(word)).length
  return shared > 0 && onlyA > 0 && onlyB > 0 && onlyA <= 2 && onlyB <= 2
}

const aboutOf = ({ title, heading, sentence }: Claim) => `${title} ${heading} ${sentence}`
// "US" is a country, "us" is not.
const rawWords = (text: string) =>
  text
    .replace(/\bU\.?S\.?(?![\p{L}])/gu, 'usa')
    .toLowerCase()
    .match(/\p{L}+/gu)
    ?.flatMap(contentWordsOrSelf) ?? []

function contentWordsOrSelf(word: string): string[] {
  return [word, ...contentWords(word)]
}

function overlaps(group: Set<string>, words: Set<string>): boolean {
  for (const word of group) if (words.has(word)) return true
  return false
}

/** "A deleted site can …", "A deleted mailbox can …": what stands before the verb. */
const subject = /^(?:the|an?|your|our|each|every|all|any)\s(?:[\p{L}-]+\s){0,3}?([\p{L}-]+)\s(?:can|is|are|must|may|has|have|will)\b/iu

function subjectsDiffer(a: Claim, b: Claim): boolean {
  const [nounA, nounB] = [a, b].map(({ sentence }) => contentWords(subject.exec(sentence)?.[1] ?? '')[0]) as [string | undefined, string | undefined]
  if (!nounA || !nounB || nounA === nounB) return false
  return !contentWords(aboutOf(b)).includes(nounA) && !contentWords(aboutOf(a)).includes(nounB)
}
