import { editsBetween } from '../../lib/text/edits-between.ts'

// What requests for a person are made of; the longer ones may have two errors.
const words = [
  'human person people agent representative advisor adviser operator employee supervisor manager colleague specialist someone somebody anyone anybody',
  'talk talking speak speaking chat transfer connect forward callback phone telephone customer service support',
].flatMap((line) => line.split(' '))
// Real words one letter away from those.
const others = new Set(
  `humane humans humid persons personal persona parson prison agents agenda argent ancient supports supported services serviced customers custom costumer costumes managed manage manages
  managing operate operates operated operating employees employed employs connects connected connector transfers transferred forwards phones phoned phony tall tale tank task tack talc
  talks talked tall spear sneak steak speck spoke speaks speaker spear chats cheat chart chant coat chap char chef chip clan specialists colleagues peoples advise advises advised
  advisory advisers advisors supervise supervised special specialised callbacks`.split(/\s+/),
)

/** "Can I speek to a persn": so that a request for a person is read through its typing errors. Other words stay as they are. */
export function mendTypingErrors(plain: string): string {
  return plain.replace(/(?<![\p{L}\p{N}@./_'-])[a-z]{4,16}(?![\p{L}\p{N}@/_'-])/gu, (word) => {
    if (others.has(word) || words.includes(word)) return word
    const allowed = word.length >= 9 ? 2 : 1
    return words.find((known) => known[0] === word[0] && editsBetween(word, known) <= (known.length >= 9 ? allowed : 1)) ?? word
  })
}
