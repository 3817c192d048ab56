import { styleText } from 'node:util'
import type { DraftEvent } from './play-scene.ts'

/** What happened, for a person at a terminal or as JSON lines for a program. */
export interface Printer {
  step(text: string): void
  progress(done: number, total: number): void
  scene(title: string): void
  customer(name: string, text: string): void
  draftEvent(event: DraftEvent): void
  sent(message: { kind: string; editRatio: number | null; text: string | null; conversation: { status: string } }): void
  feedback(feedback: { rating: string; effect: string; trainingExample: { state: string } | null }): void
  end(summary: { seconds: number; hints: string[]; url?: string }): void
}

export function createJsonPrinter(write: (line: string) => void): Printer {
  const line = (event: string, data: object) => write(`${JSON.stringify({ event, ...data })}\n`)
  return {
    step: (text) => line('step', { text }),
    progress: (done, total) => line('progress', { done, total }),
    scene: (title) => line('scene', { title }),
    customer: (name, text) => line('customer', { name, text }),
    draftEvent: (event) => line('draft', event),
    sent: (message) => line('sent', message),
    feedback: (feedback) => line('feedback', feedback),
    end: (summary) => line('end', summary),
  }
}

export function createTerminalPrinter(write: (text: string) => void, { isTerminal }: { isTerminal: boolean }): Printer {
  const dim = (text: string) => styleText('dim', text, { stream: process.stdout })
  const bold = (text: string) => styleText('bold', text, { stream: process.stdout })
  const color = (name: 'cyan' | 'green' | 'yellow' | 'magenta', text: string) => styleText(name, text, { stream: process.stdout })
  const indent = (text: string) => text.replace(/^/gm, '    ')
  const percent = (share: number) => `${Math.round(share * 100)}%`
  let lastProgress = 0
  return {
    step: (text) => write(`${text}\n`),
    progress(done, total) {
      if (done === lastProgress) return
      if (isTerminal) write(`\r${dim(`  ${done} of ${total} articles`)}${done === total ? '\n' : ''}`)
      else if (done === total || done - lastProgress >= 20) write(`  ${done} of ${total} articles\n`)
      lastProgress = done
    },
    scene: (title) => write(`\n${bold(`── ${title} `.padEnd(90, '─'))}\n`),
    customer: (name, text) => write(`\n${color('cyan', `${name} writes`)}\n${indent(text)}\n\n`),
    draftEvent(event) {
      if (event.__typename === 'DraftStarted') {
        const { intent, confidence = 0, outOfScope = false } = event.routing ?? { intent: null }
        write(dim(`  router     ${intent ? `${intent} (${percent(confidence)} sure)` : 'abstains'}${outOfScope ? ', out of scope' : ''}\n`))
        for (const { index, score, heading } of event.citations.slice(0, 3))
          write(dim(`  ${index === 1 ? 'retrieval ' : '          '} ${score.toFixed(2)}  ${heading}\n`))
        write(`\n${color('green', `The draft, as it streams from ${event.model}`)}\n    `)
      }
      if (event.__typename === 'DraftDelta') write(event.text.replaceAll('\n', '\n    '))
      if (event.__typename === 'DraftCompleted') {
        const { draft } = event
        write('\n\n')
        for (const { quote, article } of draft.citations.filter(({ used }) => used))
          write(dim(`  rests on   ${article?.title ?? 'a deleted article'}: “${oneLine(quote)}”\n`))
        if (draft.support) write(dim(`  support    ${percent(draft.support.score)} of the text is borne out by its sources\n`))
        for (const { text, reason } of draft.support?.unsupported ?? []) write(color('yellow', `  check      “${oneLine(text)}” ${reason}\n`))
        if (draft.retrieval.queries.length > 1)
          write(dim(`  searched   ${draft.retrieval.queries.map((query) => `“${oneLine(query)}”`).join('\n             ')}\n`))
        if (draft.escalation.recommended)
          write(
            color(
              'magenta',
              `  to a human ${draft.escalation.reasons.join(', ')}\n${(draft.escalation.summary ?? '').replace(/^/gm, '             ')}\n`,
            ),
          )
        const { totalMs } = draft.timings
        write(
          dim(
            `  written by ${draft.origin.toLowerCase()}${draft.fallbackFrom ? ` after ${draft.fallbackFrom.toLowerCase()} had failed` : ''} in ${Math.round(totalMs ?? 0)} ms, waiting and reading included\n`,
          ),
        )
      }
    },
    sent({ kind, editRatio, text, conversation }) {
      const how =
        {
          FINAL: 'sends the draft as it is',
          AGENT_EDITED: `edits ${percent(editRatio ?? 0)} of it and sends`,
          AGENT_ONLY: 'leaves the draft and writes',
        }[kind] ?? 'sends'
      write(`\n${color('cyan', `The agent ${how}`)}\n${text ? `${indent(text)}\n` : ''}${dim(`  the conversation is ${conversation.status} now`)}\n`)
    },
    feedback: ({ rating, effect, trainingExample }) =>
      write(`${color('cyan', `The agent rates it ${rating}`)}\n${dim(`  ${effect}${trainingExample ? ` (${trainingExample.state})` : ''}`)}\n`),
    end: ({ seconds, hints }) => write(`\n${bold(`That took ${seconds.toFixed(1)} s.`)}\n${hints.map((hint) => `${hint}\n`).join('')}`),
  }
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > 100 ? `${line.slice(0, 99)}…` : line
}
