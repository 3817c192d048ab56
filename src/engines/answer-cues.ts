const timeUnit = /\b(seconds?|minutes?|hours?|days?|nights?|weeks?|weekends?|months?|quarters?|years?)\b/i
const timeOfDay = /\b\d{1,2}(:\d\d)?\s?([ap]\.?m\b|o'clock)|\b\d{1,2}:\d\d\b|\b(noon|midnight)\b/i
const date =
  /\b((mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|june|july|august|september|october|november|december|1[5-9]\d\d|20\d\d)\b|\b(in|until|by|of) May\b/i
const soon = /\b(immediately|instantly|at once|straight away|right away|tonight|tomorrow|overnight|daily|weekly|monthly|yearly|annually)\b/i
const length = /\d\s?(mm|cm|m|km|in|inch|inches|ft|feet|foot|yards?|miles?)\b/i

const cues: { asked: RegExp; answered: RegExp[] }[] = [
  {
    asked: /\b(how (long|soon|fast|often|late|old)|when|until|deadline|what time|hours|(time ?frame|window|period)s?)\b/i,
    answered: [timeUnit, timeOfDay, date, soon, length],
  },
  { asked: /\bhow (many|far)\b/i, answered: [/\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|no limit|unlimited|as many)\b/i] },
  {
    asked: /\b(how much|cost|costs|price|fee|fees|charge|pay for|expensive)\b/i,
    answered: [/[$€£]\s?\d|\d\s?(USD|EUR|GBP|dollars?|euros?|pounds?|%)|\bfree\b/i],
  },
  { asked: /\b(where|which (page|address|email)|link|contact|phone|email address)\b/i, answered: [/https?:|@|\bunder\b|\bopen\b|\d{3}-\d{4}/i] },
]

/** The question is for a time, a number, a price or a place. */
export const asksForCue = (question: string) => cues.some(({ asked }) => asked.test(question))

/** The text has what such a question is for: the one for a time a time, the one for a price a price. */
export const answersCue = (question: string, text: string) =>
  cues.some(({ asked, answered }) => asked.test(question) && answered.some((pattern) => pattern.test(text)))
