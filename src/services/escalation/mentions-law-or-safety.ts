import { matchUnlessNegated, plainText } from './read-plainly.ts'

const lawyers = String.raw`(?:lawyers?|attorneys?|solicitors?|barristers?|legal (?:team|counsel|department|representatives?|insurance))`

const legal = [
  String.raw`\b(?:my|our|his|her|their) ${lawyers}\b`,
  String.raw`\b(?:instruct(?:ed|ing)?|hir(?:e|ed|ing)|contact(?:ed|ing)?|consult(?:ed|ing)?|involv(?:e|ed|ing)|engag(?:e|ed|ing)) (?:a|an|my|our) ${lawyers}\b`,
  String.raw`\b(?:hear|hearing) from (?:a|an|my|our) ${lawyers}\b`,
  String.raw`\blegal (?:action|proceedings?|steps|notice|claim|consequences|measures)\b`,
  String.raw`\b(?:reserve|violat\w+) (?:\w+ )?(?:my|our|all) (?:\w+ )?rights\b|\b(?:tribunal|liable for|claim damages|demand compensation|expect compensation|considering suing|see you in court|fil(?:e|ing) (?:a )?charges?)\b`,
  String.raw`\b(?:go|going|went|turn|turning|complain|complaining|report|reporting|inform|informing|notify|notifying|talk|speak) (?:\w+ ){0,3}(?:the |a )?(?:\w+ ){0,3}(?:regulator|authority|authorities|press|media|police|watchdog|consumer protection(?: agency)?|supervisory body)\b(?! (?:report|form))`,
  String.raw`\b(?:hand|give|pass)(?:ing)? (?:it|this) to (?:a|my|our) (?:\w+ )?${lawyers}\b|\b(?:hear|letter) from (?:my|our) ${lawyers}\b`,
  String.raw`\b(?:su(?:e|ed|ing) (?:you|your|them|the company|for)|lawsuit|litigation|class action|small claims|subpoena|cease and desist)\b`,
  String.raw`\b(?:tak(?:e|ing)|see|drag|bring(?:ing)?)(?: \w+){0,3} (?:to|in|before) (?:the )?(?:\w+ )?court\b`,
  String.raw`\bbreach(?:ed|ing)? (?:of )?(?:the |our |my |your )?(?:contract|agreement|law)\b`,
  String.raw`\b(?:gdpr|privacy|data protection|consumer|copyright) (?:violation|breach|infringement|complaint|authority|commissioner|law|watchdog)\b`,
  String.raw`\b(?:ombudsman|trading standards|better business bureau|attorney general|information commissioner|financial regulator)\b`,
  String.raw`\b(?:this|that|it|which)(?:'s| is) (?:\w+ )?(?:illegal|unlawful|fraud|theft|against the law)\b`,
  String.raw`\b(?:ask|asking|fil(?:e|ed|ing)|start(?:ed|ing)?|initiat(?:e|ed|ing)|request(?:ed|ing)?|issu(?:e|ed|ing)|doing)(?: for)? (?:a |the )?charge ?back\b`,
  String.raw`\b(?:disput|contest|revers)(?:e|ed|ing) (?:the|this|that|your|all) (?:charges?|payments?)\b[^.?!]{0,20}\bwith (?:my|the|our) (?:bank|card|credit)`,
  String.raw`\breport(?:ed|ing)? (?:\w+ ){1,3}to (?:the )?(?:police|authorit|regulator|fraud|consumer|\w+ commission)`,
  String.raw`\bformal(?:ly)? (?:notice|complaint|complain|withdraw|rescind)\b|\brescind\b`,
  String.raw`\b(?:i'm|i am|as) an? (?:\w+ )?(?:journalist|reporter)\b|\bi write for (?:the|a)\b|\b(?:running|writing|publish\w*) (?:a |an )?(?:story|article|piece|report) (?:about|on) (?:you|your)\b|\bpress (?:inquiry|enquiry|request)\b`,
]

const safety = [
  String.raw`\bexplod(?:ed|es|ing)\b|\bblew up\b|\bburst into flames\b|\bcaught (?:on )?fire\b|\bgoing to catch fire\b|\b(?:is|was|are|were|went) on fire\b`,
  String.raw`\b(?:start(?:ed|s)|began|begun|keeps) (?:to )?smok(?:e|ing)\b|\bsmoke (?:is |was |started )?(?:coming|came|pouring)\b|\bsmells? (?:of |like )burn\w*`,
  String.raw`\bburn(?:ed|t|s)? (?:my|his|her|our|their) (?:\w+ )?(?:hands?|fingers?|arms?|legs?|face|skin|foot|feet|mouth|tongue|son|daughter|child|kid|baby|wife|husband)\b|\b(?:got|was|were|been|badly|severely) burn(?:ed|t)\b`,
  String.raw`\b(?:broke|fractured|sprained|cut|injured|hurt|crushed|twisted) (?:my|his|her|our|their) (?:\w+ )?(?:wrist|arm|leg|hand|finger|foot|ankle|back|neck|head|nose|rib|hip|shoulder|knee|eye|tooth|teeth)s?\b`,
  String.raw`\b(?:chest pain|can't breathe|cannot breathe|trouble breathing|made (?:me|us|him|her|them|our \w+|my \w+) (?:very |really )?(?:sick|ill|faint|dizzy)|burns? from|swallowed (?:a|the) (?:piece|part|battery|magnet))\b`,
  String.raw`\b(?:collapsed|gave way|broke|shattered|came off|burst|failed)\b[^.?!]{0,25}\b(?:while|under|on|in|and) (?:\w+ )?(?:my|our|his|her|i|we) (?:\w+ )?(?:baby|child|kid|son|daughter|mother|father|wife|husband|hands?|crashed|fell|driving|was driving|was riding)\b`,
  String.raw`\b(?:melted|overheat(?:ed|s|ing)|scorch(?:ed| marks?)|short[- ]circuit\w*)\b[^]{0,60}\b(?:plug|socket|wall|bed|leg|hand|burn\w*|fire|smoke|smell\w*)\b`,
  String.raw`\b(?:electric(?:al)? shock|electrocut\w+|shocked me)\b`,
  String.raw`\b(?:injur(?:ed|ing)|hospitali[sz]ed|in hospital|to (?:the )?hospital|emergency room|ambulance|unconscious|passed out|fainted|concussion|bleeding|stitches from)\b`,
  String.raw`\b(?:choked|choking|suffocat\w+|poison(?:ed|ing)|allergic reaction|anaphyla\w+|food poisoning)\b`,
  String.raw`\bskin (?:\w+ )?(?:blister\w*|burn\w*|peel\w*|rash)\b|\brash (?:on|all over) (?:my|his|her)\b`,
  String.raw`\bgas (?:is |was )?leak\w*|\bleaking gas\b|\bsmell(?:s|ed)? (?:of )?gas\b|\bcarbon monoxide\b|\bfe(?:el|lt|eling) (?:dizzy|faint)\b`,
  String.raw`\b(?:kill(?:ing)? myself|end(?:ing)? my life|suicid\w+|hurt(?:ing)? myself|self[- ]harm|don't want to live)\b`,
]

const login = String.raw`(?:accounts?|profile|log-?in|mailbox|inbox|workspace|password|identity|wallet)`
const owned = String.raw`(?:my|our) (?:[\w-]+ ){0,3}(?:${login}|cards?)`
const stranger = String.raw`(?:someone|somebody|stranger|strangers|hackers?|thief|thieves|scammers?|fraudsters?|unknown person|third party)(?: else)?`

/** Somebody else uses the customer's account or card: every hour counts. */
const compromised = [
  String.raw`\b(?:my|our) (?:[\w-]+ ){0,3}(?:${login}|card (?:details|number|data)) (?:(?:was|were|is|are|has been|have been|had been|been|being|got|gets|may have been|might have been) )?(?:just |probably |apparently |being )?(?:hacked|compromised|hijacked|stolen|taken over|breached|broken into)\b`,
  String.raw`\b(?:hacked|hijacked|compromised|stole|stolen|broke|broken|taken over|took over)(?: in ?to)? (?:my|our) (?:[\w-]+ ){0,3}${login}\b`,
  String.raw`\b${stranger} (?:(?:has|have|had|is|are|was|must have|may have|might have|keeps?|just|obviously) )*(?:(?:been|be) )?(?:plac\w+|order(?:ed|ing)|bought|buying|made|making|spent|spending|us(?:ed|ing)|log(?:ged|ging|s)|access(?:ed|ing)|sign(?:ed|ing)|charg(?:ed|ing)|withdr[ae]w\w*|transferr\w+|chang(?:ed|ing)|got|g[oe]t(?:s|ting)|broke|purchas(?:ed|ing)|shopping)\b[^.?!]{0,40}\b${owned}\b`,
  String.raw`\b(?:unauthori[sz]ed|fraudulent|unrecogni[sz]ed) (?:\w+ )?(?:charges?|transactions?|payments?|purchases?|orders?|withdrawals?|transfers?|access|log-?ins?|sign-?ins?|activity) (?:(?:was|were|made|appeared|showed up|of \S+) )*(?:on|to|from|in|with|through) (?:my|our)\b`,
  String.raw`\b(?:see|seeing|found|noticed|have|had|got|spotted|there(?:'s| is| are| was| were)|report) (?:an? |some |two |several |multiple )?(?:unauthori[sz]ed|fraudulent|unrecogni[sz]ed) (?:\w+ )?(?:charges?|transactions?|payments?|purchases?|orders?|withdrawals?|transfers?|log-?ins?|sign-?ins?|activity)\b`,
  String.raw`\b(?:charges?|transactions?|payments?|purchases?|orders?|withdrawals?|transfers?|log-?ins?)\b[^.?!]{0,30}\b(?:i|we) (?:did not|didn't|never|have not|haven't|do not|don't) (?:make|made|place|placed|authori[sz]ed?|recogni[sz]ed?)\b`,
  String.raw`\b(?:i|we) (?:did not|didn't|never|don't|do not) (?:make|made|place|placed|authori[sz]ed?|recogni[sz]e) (?:this|that|these|those|the|any of these) (?:\w+ )?(?:charges?|transactions?|payments?|purchases?|orders?|withdrawals?|transfers?|log-?ins?)\b`,
  String.raw`\b${owned} (?:was|were|has been|have been|is being|got) (?:used|charged|accessed|emptied|drained|debited)\b[^.?!]{0,30}\b(?:by ${stranger}|without my|fraudulently)\b`,
]

const patterns = [...legal, ...safety, ...compromised].map((source) => new RegExp(source))

/** A threat of law, a formal notice, the press, harm to a person, or a stranger in their account: nothing that an automatic reply should answer. */
export function mentionsLawOrSafety(text: string): boolean {
  const plain = plainText(text)
  return patterns.some((pattern) => matchUnlessNegated(plain, pattern))
}
