const fewestReplies = 5
const neededShare = 0.6
const longestLine = 60

/**
 * How most of the replies begin and end: the first line, when it only greets, and the last, when it only signs. Null where no line is that of
 * three in five, as where each greets its customer by name.
 */
export function learnVoice(replies: string[]): { greeting: string; signOff: string } | null {
  if (replies.length < fewestReplies) return null
  const lines = replies
    .map((reply) =>
      reply
        .trim()
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter(Boolean),
    )
    .filter(({ length }) => length >= 3)
  const greeting = mostCommon(lines.map((of) => of[0]!).filter(isGreeting), replies.length)
  const signOff = mostCommon(lines.map((of) => of.at(-1)!).filter(isSignOff), replies.length)
  return greeting !== null && signOff !== null ? { greeting, signOff } : null
}

const isGreeting = (line: string) =>
  line.length <= longestLine && /^(?:hi|hello|hey|dear|good (?:day|morning|afternoon|evening)|greetings)\b[^.?\d]*[,!:]?$/i.test(line)
const isSignOff = (line: string) =>
  line.length <= longestLine &&
  (/^[—–-]/.test(line) || /^(?:best|kind|warm|sincerely|cheers|yours|thanks|thank you|take care|the )/i.test(line)) &&
  !/[?\d]/.test(line)

function mostCommon(lines: string[], of: number): string | null {
  const counts = new Map<string, number>()
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1)
  const [best] = [...counts].sort((a, b) => b[1] - a[1])
  return best && best[1] >= neededShare * of ? best[0] : null
}
