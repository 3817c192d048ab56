import { startReplay } from '../test/support/slow-ollama.ts'
import type { Measurement } from './measurement.ts'
import { percentile } from './statistics.ts'
import { startChild } from './support/child.ts'
import { draftReply } from './support/operations.ts'
import { type ServerProcess, withSeededServer } from './support/server-process.ts'
import type { FollowReport, Subscribers } from './support/subscribers.ts'
import { openAbout } from './support/write-drafts.ts'

const pieces = 40
const pauseMs = 100
const sockets = 10
/** The most that the server lets one socket have. */
const perSocket = 100

export async function measureFanOut(): Promise<Measurement> {
  const ollama = await startReplay({ pieces, pauseMs })
  const child = startChild<Subscribers>('./subscribers.ts')
  try {
    return await withSeededServer({ GENERATOR: 'ollama', OLLAMA_HOST: ollama.url, OLLAMA_MODEL: 'scripted' }, async (server) => {
      const follow = async (over: { sockets: number; perSocket: number }): Promise<FollowReport> => {
        await child.ask('connect', { url: server.url, key: server.key, sockets: over.sockets })
        const report = await child.ask('follow', { draftId: await askForDraft(server), perSocket: over.perSocket })
        await child.ask('disconnect')
        return report
      }
      await follow({ sockets: 1, perSocket: 1 })
      const alone = await follow({ sockets: 1, perSocket: 1 })
      const many = await follow({ sockets, perSocket })
      const delay = ({ delaysMs }: FollowReport, share: number) => percentile([...delaysMs], share)
      return {
        title: `One draft to ${(sockets * perSocket).toLocaleString('en')} subscribers`,
        conditions: `${sockets} sockets with ${perSocket} subscriptions each, from another process; a scripted Ollama with ${1000 / pauseMs} words a second for ${(pieces * pauseMs) / 1000} s`,
        reference: 'one subscriber of one draft on the same server, just before; measured from an event’s own time to its receipt',
        rows: [
          { what: 'complete and in order', unit: 'count', measured: many.complete, reference: null, target: { atLeast: sockets * perSocket } },
          { what: 'delay of a delta p50', unit: 'ms', measured: delay(many, 0.5), reference: delay(alone, 0.5), target: null },
          { what: 'delay of a delta p95', unit: 'ms', measured: delay(many, 0.95), reference: delay(alone, 0.95), target: { atMost: 250 } },
        ],
        notes: [`${many.events} events delivered`, ...[...new Set(many.problems)].slice(0, 3)],
      }
    })
  } finally {
    await child.stop()
    await ollama.close()
  }
}

async function askForDraft({ client }: ServerProcess): Promise<string> {
  const conversationId = await openAbout(client, 'How do I get my money back?')
  return (await client.run<{ id: string }>(draftReply, { input: { conversationId } })).id
}
