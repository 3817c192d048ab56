import { matchUnlessNegated, plainText } from './read-plainly.ts'

const day = String.raw`(?:today|tonight|tomorrow|this (?:morning|afternoon|evening)|(?:in|within) (?:\w+ ){1,2}(?:minutes?|hours?)|(?:by|before|on) (?:tonight|tomorrow|noon|midnight|monday|tuesday|wednesday|thursday|friday|saturday|sunday))`
const waits = String.raw`(?:need(?:s|ed)?|must|have to|has to|leav(?:e|es|ing)|fl(?:y|ies|ying)|travel(?:s|ling|ing)?|depart(?:s|ing)?|due|deadline|expires?|wedding|flight|trip|birthday|funeral|starts?|appointment)`

const hurry = [
  String.raw`\b(?:urgent(?:ly)?|asap|a\.s\.a\.p\.?|as soon as (?:humanly )?possible|immediately|right (?:now|away)|at once|without delay|time[- ]sensitive|time[- ]critical|emergency|every (?:hour|minute) counts|can(?:'t|not) wait|running out of time|hurry)\b`,
  // A day alone is no hurry ("is it open today?"); something that depends on it is.
  String.raw`\b${waits}\b[^.?!]{0,60}\b${day}\b`,
  String.raw`\b${day}\b[^.?!]{0,40}\b(?:at the latest|or (?:else|never)|is the deadline|i (?:leave|fly|travel)|we (?:leave|fly|travel))\b`,
].map((source) => new RegExp(source))

// Of a thing for sale or a feature: "emergency contact", "urgent delivery".
const named =
  /\b(?:emergency|urgent) (?:contacts?|exits?|kits?|blankets?|whistles?|shelters?|lights?|numbers?|plan|brake|shipping|delivery|mode|alerts?)\b/g

/** Something of the customer's depends on an answer now or by a day that is near. */
export function soundsUrgent(text: string): boolean {
  const plain = plainText(text).replace(named, ' ')
  return hurry.some((pattern) => matchUnlessNegated(plain, pattern))
}
