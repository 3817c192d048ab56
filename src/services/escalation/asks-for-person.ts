import { asksInOtherLanguages } from './asks-in-other-languages.ts'
import { mendTypingErrors } from './mend-typing-errors.ts'
import { matchUnlessDeclined, plainText } from './read-plainly.ts'

const people = String.raw`(?:human(?: being)?s?|persons?|people|some(?:one|body)|any(?:one|body)|agents?|representatives?|reps?|advis[eo]rs?|operators?|employees?|supervisors?|managers?|boss|colleagues?|specialists?|clerk|staff)`
const departments = String.raw`(?:(?:customer )?(?:service|support|care)|(?:\w+ )?(?:team|department|desk|office))`
const before = String.raw`(?:an? |the |your |one of your |some |another |somebody in |actual |real |live |human |senior )*`
// Not one of us: "the person who delivered it". Whoever "can help" or "knows about it" is.
const somebodyElse =
  /\b(?:the|that) (?:\w+ )?(?:person|people|human|man|woman|guy|employee|agent|someone|staff) (?:who|that|which) (?:\w+ )?(?:\w+ed|brought|took|left|sold|sent|gave|came|rang|made|put)\b/
const courier = /\b(?:driver|courier|carrier|postman|delivery (?:man|person|company))\b/

const requests = [
  // talk to a person, speak with your billing team
  String.raw`\b(?:talk|speak|speaking|chat|talking) (?:to|with) ${before}(?:${people}|customer (?:service|support|care)|support|${departments})\b(?! (?:members?|of my|of our|about a price))`,
  // put me through to, transfer me to, connect me with, get me, give me
  String.raw`\b(?:put|transfer|connect|forward|pass|hand|refer|redirect|switch) (?:me|us|this|it)\b[^.?!]{0,20}?\b(?:to|with|over to) ${before}(?:${people}|${departments})\b`,
  String.raw`\b(?:get|give|find|send) me ${before}(?:${people})\b`,
  String.raw`\b(?:want|need|prefer|like|demand|require) (?:an? |some )?(?:real |actual |live |human )*(?:human|person|agent|representative|operator|supervisor|rep)\b(?! (?:seat|role|licen[cs]e|account|plan|tool|id))`,
  // call me, phone me; who can I call
  String.raw`\b(?:call|phone|ring|telephone) (?:me|us)\b`,
  String.raw`\bgive me a (?:call|ring)\b`,
  String.raw`\b(?:who|where|(?:what|which) (?:phone |telephone )?number) (?:can|do|could|should|may) i (?:call|phone|ring|dial)\b`,
  // is there anyone real
  String.raw`\b(?:is|are) there (?:an?|any|some)? ?(?:real |actual |live )?(?:human|humans|real person|real people|person|live agent)\b(?= (?:i |who|here|there|that|available|around|at)|[?!.]|$)`,
  String.raw`\b(?:anyone|anybody|someone|somebody) (?:real|human)\b`,
  String.raw`\b(?:discuss|explain|talk|go over|go through|sort)\b[^.?!]{0,40}\b(?:with|to) (?:someone|somebody|a person|a human|a real person|one of your)\b`,
  // could a colleague of yours look at it
  String.raw`\b(?:can|could|may|will|would|have) (?:please )?(?:someone|somebody|anyone|a (?:human|person|real person|colleague|specialist|manager|supervisor)|one of your \w+)\b[^.?!]{0,30}\b(?:have a look|look (?:at|into)|take over|take this|handle this|contact me|reach out|get back to me|call)\b`,
  String.raw`\b(?:call ?back|direct line|phone call)\b[^?!]{0,60}\b(?:please|asap|today|tomorrow|regarding|about my)\b|\b(?:want|need|like|request|get|have|arrange|schedule|set up) an? (?:phone )?(?:call ?back|call|direct line)\b`,
  String.raw`\b(?:contact me|get in touch with me|be contacted by|put in (?:contact|touch) with|in person with)\b`,
  String.raw`\b(?:reach|deal with|need|want) (?:a|an|some|any|only a|the) (?:real |actual |live |human )*(?:person|human|employee|manager)\b(?! (?:seat|role|licen[cs]e|account|plan|tool|id))`,
  String.raw`\b(?:handed|transferred|forwarded|passed|put|connected) (?:over |through )?to (?:an? |the |your |one of your )?(?:${people}|${departments}|customer care)\b`,
  String.raw`\blet (?:me|us) (?:talk|speak) (?:to|with)\b|\blet (?:an? |your )(?:actual |real )?(?:person|human|employee|colleague)\b`,
  String.raw`\b(?:who|anyone|someone) (?:is |in )?(?:actually )?in charge\b|\bis (?:any(?:one|body)|some(?:one|body)) (?:there|real|alive)\b`,
  String.raw`\bescalate (?:this|it|my|the)\b`,
  // not a bot
  String.raw`\b(?:don't|do not|not|won't) (?:want|wish|like|think|talk|speak|chat|wanna)\b[^.?!]{0,30}\b(?:bots?|chatbots?|robots?|machines?|computers?|ai|automated)\b`,
  String.raw`\b(?:no more|stop|enough|tired of|sick of)\b[^.?!]{0,20}\b(?:bots?|chatbots?|automated|canned|generic)\b`,
].map((source) => new RegExp(source))

const bareRequest =
  /^(?:please |pls |hi |hello |to )*(?:an? |the )?(?:real |live |human |actual )*(?:human|person|agent|operator|representative|rep|customer service|supervisor|manager)(?: please| pls| now)*$|^(?:please )?(?:connect me|call me(?: back)?|live chat)(?: please)?$|^(?:talk|speak) to (?:agent|human|person|support)$/
// "Dana helped me yesterday, can I get her again?"
const sameColleague =
  /\b(?:spoke|spoken|talked|talking|chatted|speaking|dealt|dealing) (?:to|with) \w+[^]{0,120}\b(?:can|could|may) (?:i|we) (?:\w+ ){0,3}(?:her|him|them)\b|\bhelped me\b[^]{0,120}\b(?:can|could|may) (?:he|she|they|i \w+ (?:her|him|them))\b/

/** The customer wants a person instead of, or after, an automatic answer. */
export function asksForPerson(text: string): boolean {
  const written = plainText(text)
  if (asksInOtherLanguages(written)) return true
  return reads(written) || reads(mendTypingErrors(written))
}

function reads(plain: string): boolean {
  const bare = plain
    .replace(/[^a-z ]/g, ' ')
    .replace(/ +/g, ' ')
    .trim()
  if (bareRequest.test(bare) || sameColleague.test(plain)) return true
  return requests.some((request) =>
    matchUnlessDeclined(
      plain,
      request,
      (start) => courier.test(start),
      (after) => somebodyElse.test(after),
    ),
  )
}
