import { angerOf } from './read-mood.ts'
import { matchUnlessNegated, plainText } from './read-plainly.ts'

const subjects = String.raw`(?:company|service|support|shop|store|experience|business|airline|bank|app|software|website|team|people|treatment|customer \w+)`

/** Said to us, each of these is anger by itself. */
const strong = [
  String.raw`\b(?:furious|livid|outrag(?:ed|eous)|disgust(?:ing|ed)|disgrace(?:ful)?|appall(?:ing|ed)|unacceptable|pathetic|infuriat(?:ed|ing)|enraged|shameful|shame on you)\b`,
  String.raw`\b(?:absolutely|utterly|completely|totally|beyond|just|so|is|are) (?:ridiculous|absurd|insane|useless|incompetent|hopeless|a joke)\b`,
  String.raw`\b(?:thieves|crooks?|scammers?|liars?|frauds|idiots?|morons?|clowns|incompetent|criminals|rip[- ]?off)\b`,
  String.raw`\b(?:this|what|total|complete|such|is) (?:is )?a (?:total |complete |absolute |huge )?(?:scam|joke|disgrace|rip-?off|fraud|nightmare|farce)\b|\b(?:scam|joke|excuse) (?:of|for) an? \w+`,
  String.raw`\b(?:lied to|lying to|you(?:'ve| have)? lied|lied about|(?<!\b(?:someone|somebody|anyone|thief|thieves|hackers?|burglars?|stranger|scammers?|else) (?:has |have |just )?)stole my|stealing (?:my|from)|robbed me|cheated me|ripped me off)\b`,
  String.raw`\bworst (?:\w+ ){0,2}${subjects}\b|\bworst (?:\w+ ){0,3}(?:ever|of my life|i've|i have)\b`,
  String.raw`\b(?:terrible|horrible|awful|dreadful|atrocious|abysmal|lousy|shoddy|crappy|shitty) (?:\w+ )?${subjects}\b|\b${subjects} (?:is|was|are|has been) (?:\w+ )?(?:terrible|horrible|awful|dreadful|atrocious|abysmal|garbage|rubbish|trash|crap|useless|appalling|a joke)\b`,
  String.raw`\b(?:fed up|sick (?:and tired )?of|had enough|had it with|done with (?:you|this|your)|losing my patience|out of patience|last straw)\b`,
  String.raw`\bnever (?:\w+ ){0,3}(?:buy|shop|order|fly|flying|use|using|book|bank|come|coming|buying|ordering|shopping|recommend)\b[^.?!]{0,25}\b(?:again|you|here)\b`,
  String.raw`\b(?:wtf|f+u+c+k\w*|bullshit|shit|(?:the|this|my|your) damn|damn it|damn you|goddamn|bloody (?:hell|joke|useless|money|refund)|piss(?:ed|ing) (?:off|me)|screw you|for god's sake|for fuck's sake|ffs)\b`,
  String.raw`\bhate (?:your|this|you|dealing)\b|\b(?:nobody|no one|no-one|none of you) (?:cares?|gives? a|bothers?|seems to care)\b|\byou (?:all |just |really )?(?:don't care|do nothing|couldn't care less|messed up|screwed up)\b|\byou people\b`,
  String.raw`\btreated (?:so |this |very )?(?:badly|poorly|like (?:dirt|trash|garbage|rubbish|a fool|an idiot))\b|\bwaste of (?:my )?(?:time|money)\b`,
  String.raw`\b(?:third|3rd|fourth|4th|fifth|5th|sixth|6th|tenth|10th|umpteenth|hundredth) (?:time|email|message|ticket)(?: that)? (?:i've|i have|i'm|i am|i) (?:had to |have to |to )?(?:\w+ing|written|asked|asking|call\w*|contact\w*|report\w*|explain\w*|complain\w*|tried)\b|\b(?:third|fourth|fifth|\d+th) time (?:you|this)\b`,
  String.raw`\b(?:are you (?:kidding|joking|serious)(?: me)?|you (?:must|have to|gotta) be (?:kidding|joking)|how dare you|thanks for nothing|what the (?:hell|heck|f\w*)|this is (?:bs|crap|bullshit|outrageous|a disaster|insulting))\b`,
  String.raw`\b(?:wast(?:e|ing) (?:of )?(?:my|our) time|do your job|zero stars|one star|avoid at all costs|regret (?:the day|ever|buying|ordering|signing|choosing)|lost (?:all )?(?:trust|faith|confidence)|let down by|betrayed|laughable|beyond (?:frustrated|angry|a joke|annoyed)|ruined (?:my|our)|nightmare|should be ashamed|never (?:seen|experienced|had) such|service sucks|you suck|giving me the run ?around|same (?:old )?(?:excuses?|lies))\b`,
].map((source) => new RegExp(source))

/** At 0.5 none of the 222 calm messages of eval/data, and 2 of 1,600 of CLINC150, pass for angry; cross-validated by train-escalation. */
export const angryFrom = { usually: 0.5, whenUrgent: 0.4 }

/** By a phrase that is anger wherever it stands, or by the feeling in all words together; who is in a hurry needs less of it. */
export function soundsAngry(text: string, { isUrgent = false }: { isUrgent?: boolean } = {}): boolean {
  const plain = plainText(text)
  if (strong.some((pattern) => matchUnlessNegated(plain, pattern))) return true
  return angerOf(text) >= (isUrgent ? angryFrom.whenUrgent : angryFrom.usually)
}
