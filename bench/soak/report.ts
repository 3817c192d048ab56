import type { Findings } from './check-database.ts'
import type { Ledger } from './ledger.ts'
import type { MemoryTrend } from './memory-trend.ts'

interface Soaked {
  drafts: number
  desks: number
  seed: number
  kills: number
  ledger: Ledger
  findings: Findings
  memory: MemoryTrend | null
  /** After each kill. */
  readyMs: number[]
  minutes: number
}

const shownProblems = 20

/** What was seen, in words, and whether all of it is as promised. Memory is told, and judged by who reads it. */
export function reportOf({ desks, seed, kills, ledger, findings, memory, readyMs, minutes }: Soaked): { text: string; isWhole: boolean } {
  const losses: [string, number][] = [
    ['conversations lost', findings.lostConversations],
    ['customer messages lost', findings.lostMessages],
    ['drafts lost', findings.lostDrafts],
    ['replies lost', findings.lostReplies],
    ['replies sent twice', findings.sentTwice],
    ['drafts without an end', findings.withoutEnd],
    ['drafts with two ends', findings.withTwoEnds],
    ['drafts whose events are not their text', findings.brokenLogs],
    ['wrong answers and streams', ledger.problems.length],
    ['kills that did not happen', kills - readyMs.length],
  ]
  const isWhole = losses.every(([, count]) => count === 0)
  const total = findings.drafts.reduce((sum, { count }) => sum + count, 0)
  const lines = [
    `Soak: ${total} drafts by the extractive engine, ${desks} desks, seed ${seed}, ${minutes.toFixed(1)} minutes (${(total / minutes / 60).toFixed(1)} drafts a second)`,
    `  acknowledged: ${ledger.conversations.size} conversations, ${ledger.messages.size} customer messages, ${ledger.drafts.size} drafts, ${ledger.replies.size} replies (each sent twice at once)`,
    `  drafts ended: ${findings.drafts.map(({ status, count }) => `${count} ${status}`).join(', ')}`,
    `  cancels: ${ledger.cancelled.size}, of which ${findings.cancelledInTime} before the draft was complete`,
    `  streams read to the end: ${ledger.followed}; sockets cut and resumed: ${ledger.cuts}; requests made again: ${ledger.retries}`,
    `  kill -9: ${readyMs.length}${readyMs.length > 0 ? `; ready again after ${readyMs.map((ms) => `${(ms / 1000).toFixed(1)} s`).join(', ')}` : ''}`,
    `  memory of the last life: ${describe(memory)}`,
    ...losses.map(([what, count]) => `  ${what}: ${count}`),
    ...ledger.problems.slice(0, shownProblems).map((problem) => `    ${problem}`),
    isWhole ? 'Nothing was lost.' : 'SOMETHING WAS LOST.',
    '',
  ]
  return { text: lines.join('\n'), isWhole }
}

function describe(memory: MemoryTrend | null): string {
  if (!memory) return 'too few drafts to tell'
  const { firstMb, lastMb, perThousand } = memory
  return `${firstMb.toFixed(0)} MB at its beginning, once warm, ${lastMb.toFixed(0)} MB at its end; ${perThousand >= 0 ? '+' : ''}${perThousand.toFixed(1)} MB each 1,000 drafts`
}
