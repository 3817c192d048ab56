import EmailReplyParser from 'email-reply-parser'
import type { Voice } from '../../engines/generator.ts'

const parser = new EmailReplyParser()
// The parser's patterns take polynomial time: 50 s for a line of 4,000 characters. Quotes stand at the end, so it reads no more than this of it.
const mostParsed = 1_200
const longestParsedLine = 160

const name =
  "\\p{Lu}[\\p{L}'’.-]{0,30}(?: (?:(?:de|da|di|du|van|von|der|den|la|le|bin|al|y|of|and|&) ){0,2}\\p{Lu}[\\p{L}'’.-]{0,30}){0,4}|\\p{Lo}{1,12}"
/** A line that greets ends there: "Hi, you have 30 days" says something. */
const greeting =
  /^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|greetings|hallo|guten (?:tag|morgen|abend)|liebe[rs]?|sehr geehrte[rs]?|bonjour|bonsoir|ch[eè]re?s?|madame|monsieur|hola|buen[oa]s (?:d[ií]as|tardes|noches)|estimad[oa]s?|querid[oa]s?|ciao|salve|buon(?:giorno|asera)|gentile|ol[aá]|bom dia|boa (?:tarde|noite)|prezad[oa]s?|hej|hei|god (?:dag|morgen)|beste|geachte|goede(?:morgen|middag|navond)|dzie[nń] dobry|szanown[aiy]|здравствуйте|добрый (?:день|вечер)|привет)(?!\p{L})(?: (?:mr|mrs|ms|dr|prof|hr|fr)\.)?[^.!?,:;\d]{0,40}(?:, ?[^.!?,:;\d ]{1,20})?[,.!:]?$|^(?:こんにち[はわ]|お世話になっております|いつもありがとうございます|您好|你好|尊敬的|안녕하세요)[^。！？，、\d]{0,12}[，、,。．.！!：:]?$/iu
const closings =
  '(?:with )?(?:my |our )?(?:very )?(?:best|kind|kindest|warm|warmest)? ?(?:regards|wishes)|(?:yours )?(?:sincerely|truly|faithfully|respectfully|warmly)|yours|cheers|all the best|best|take care|(?:many )?thanks(?: again| so much| a lot)?|thank you(?: again| so much| very much)?|mit (?:freundlichen|besten|herzlichen|lieben) gr[uü](?:ß|ss)en|(?:viele|liebe|beste|herzliche) gr[uü](?:ß|ss)e|cordialement|bien (?:à vous|cordialement)|(?:sincères |meilleures )?salutations|bonne (?:journée|soirée)|(?:un )?(?:cordial )?saludos?(?: cordiales)?|atentamente|(?:cordiali |distinti )?saluti|atenciosamente|(?:os melhores )?cumprimentos|met vriendelijke groet(?:en)?|groet(?:en|jes)|med venlig hilsen|vennlig hilsen|med vänliga hälsningar|z poważaniem|pozdrawiam|с уважением|敬具|(?:どうぞ)?(?:よろしく|宜しく)お願い(?:いたし|致し|し)ます|此致|敬礼|敬禮|祝好|감사합니다|고맙습니다'
const signOff = new RegExp(`^(?:${closings})(?!\\p{L})[,.!，、。]?$`, 'iu')
// Closings are known in upper and lower case alike, names by their capital.
const closing = new RegExp(`^(?:${closings}),? `, 'iu')
const nameAlone = new RegExp(`^(?:${name})[,.!]?$`, 'u')
/** "— Tom", "– The support team". After a hyphen only a name: it may be the last step of a list. */
const dashed = new RegExp(`^(?:[—–]|--) ?[\\p{Lu}\\p{Lo}][^.!?:;\\d]{0,40}$|^- ?(?:${name})$`, 'u')
/** What stands below a sign-off: a name, a role, an address, a number. */
const contact = new RegExp(
  `^(?:(?:${name})(?:[,|·/ –—-]{1,3}(?:${name})){0,2}|\\S{1,60}@\\S{1,60}|(?:https?://|www\\.)\\S{1,100}|(?:(?:Tel|Phone|Mobile|Fax|T|M)\\.?:? ?)?\\+?[\\d ()./-]{6,24})$`,
  'u',
)
const device =
  /^(?:sent from|get outlook|von \S.* gesendet|gesendet von|envoyé (?:de|depuis|à partir)|enviado desde|inviato da|verzonden vanaf|verstuurd vanaf|sendt fra)(?!\p{L})/iu
const divider = /^[-_+=]{2,40}$/
const longestLine = 120
const mostLinesBelow = 6

/**
 * What a reply says: without quoted text, the greeting (the house's own or a common one), and the signature. For comparing what two people wrote,
 * not how they said hello.
 */
export function replyBody(text: string, voice?: Voice): string {
  const own = text
    .split(/\r\n?|\n/)
    .map((line) => line.trim())
    .filter((line) => !line.startsWith('>'))
    .join('\n')
  const lines = withoutQuote(own.trim()).trim().split('\n')
  const first = lines[0]!
  if (isHouse(first, voice?.greeting) || matches(greeting, first)) lines.shift()
  let end = lines.length
  for (let begin = signatureBegin(lines.slice(0, end), voice); begin < end; begin = signatureBegin(lines.slice(0, end), voice)) end = begin
  return lines.slice(0, end).join('\n').trim()
}

/** Where the last lines are a signature, the first of them; else the end. Blank lines at the end belong to it. */
function signatureBegin(lines: string[], voice: Voice | undefined): number {
  const written = lines.findLastIndex((line) => line !== '') + 1
  const last = lines[written - 1]
  if (last === undefined) return 0
  if (isHouse(last, voice?.signOff) || [signOff, dashed, device].some((pattern) => matches(pattern, last)) || isSignedOff(last)) return written - 1
  for (let index = written - 1, below = 0; index >= 0 && below <= mostLinesBelow; index--) {
    const line = lines[index]!
    if (line === '') continue
    if (below > 0 && (matches(signOff, line) || divider.test(line) || isHouse(line, voice?.signOff))) return index
    if (!matches(contact, line)) break
    below++
  }
  return written
}

/** The library knows how mail programs of many languages begin a quote: "On …, Ann wrote:". */
function withoutQuote(text: string): string {
  const end = text.slice(-mostParsed)
  const lines = end.split('\n')
  // A line that was cut in two, and all before a very long one, is not for the parser.
  const from = Math.max(end === text ? 0 : 1, lines.findLastIndex(({ length }) => length > longestParsedLine) + 1)
  const tail = lines.slice(from).join('\n')
  const head = text.slice(0, text.length - tail.length)
  // A header counts as one with a blank line around it only.
  const fragments = parser.read(`${tail.replace(/\n{3,}/g, '\n\n')}\n\n`).getFragments()
  // What it takes for a signature is left: it would be all below a "Cheers," or "---".
  const kept = fragments.filter((fragment) => !fragment.isQuoted())
  return head + kept.map((fragment) => fragment.getContent()).join('\n')
}

function matches(pattern: RegExp, line: string): boolean {
  return line.length <= longestLine && pattern.test(line)
}

/** "Kind regards, Jan de Vries" */
function isSignedOff(line: string): boolean {
  return matches(closing, line) && nameAlone.test(line.replace(closing, ''))
}

function isHouse(line: string, houseLine: string | undefined): boolean {
  return houseLine !== undefined && line !== '' && line === houseLine.trim()
}
