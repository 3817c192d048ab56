import { setTimeout as wait } from 'node:timers/promises'
import type { Measurement } from './measurement.ts'
import { median, percentile } from './statistics.ts'
import { sampleQuestions } from './support/questions.ts'
import { type ServerProcess, withSeededServer } from './support/server-process.ts'
import { openAbout, writeDraft } from './support/write-drafts.ts'

const drafts = 100
/** The timer that measures the delay fires so often, and prom-client reports its interval with the delay. */
const timerIntervalMs = 10
const idleMs = 5_000

export async function measureConcurrentDrafts(): Promise<Measurement> {
  return withSeededServer({}, async (server) => {
    const { client } = server
    const questions = sampleQuestions().slice(0, drafts)
    for (let round = 0; round < 10; round++) await writeDraft(client, await openAbout(client, `Hello, can you help me? (${round})`))
    const conversationIds: string[] = []
    for (const question of questions) conversationIds.push(await openAbout(client, question))
    await loopDelay(server)
    await wait(idleMs)
    const idle = await loopDelay(server)
    const startedAt = performance.now()
    const outcomes = await Promise.allSettled(conversationIds.map((id) => writeDraft(client, id)))
    const seconds = (performance.now() - startedAt) / 1000
    const busy = await loopDelay(server)
    const written = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
    const lost = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [String(outcome.reason)] : []))
    return {
      title: `${drafts} drafts at once`,
      conditions: `extractive, ${drafts} conversations with distinct questions; all asked for at the same moment, each followed by its own subscription`,
      reference: `the same server at rest, for ${idleMs / 1000} s before`,
      rows: [
        { what: 'lost, or not as their events said', unit: 'count', measured: lost.length, reference: null, target: { atMost: 0 } },
        { what: 'event loop delay p99', unit: 'ms', measured: busy.p99Ms, reference: idle.p99Ms, target: { atMost: 50 } },
        { what: 'until all were complete', unit: 's', measured: seconds, reference: null, target: null },
      ],
      notes: [
        `longest event loop delay ${busy.longestMs.toFixed(0)} ms; first text after ${(median(written.map((draft) => draft.firstTextMs)) / 1000).toFixed(1)} s (p50) and ${(
          percentile(
            written.map((draft) => draft.firstTextMs),
            0.95,
          ) / 1000
        ).toFixed(1)} s (p95), most of it waiting for the drafts before`,
        ...lost.slice(0, 3),
      ],
    }
  })
}

/** Since it was last read. */
async function loopDelay(server: ServerProcess): Promise<{ p99Ms: number; longestMs: number }> {
  const value = await server.metrics()
  const delayMs = (name: string) => Math.max(0, value(`understudy_nodejs_eventloop_lag_${name}_seconds`) * 1000 - timerIntervalMs)
  return { p99Ms: delayMs('p99'), longestMs: delayMs('max') }
}
