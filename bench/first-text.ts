import type { Measurement } from './measurement.ts'
import { median, percentile } from './statistics.ts'
import type { BareYoga } from './support/bare-yoga.ts'
import { startChild } from './support/child.ts'
import { type BenchClient, connectClient } from './support/client.ts'
import { sampleQuestions, warmUpQuestions } from './support/questions.ts'
import { withSeededServer } from './support/server-process.ts'
import { openAbout, type WrittenDraft, writeDraft } from './support/write-drafts.ts'

const drafts = 80

export async function measureFirstText(): Promise<Measurement> {
  const child = startChild<BareYoga>('./bare-yoga.ts')
  const bare = connectClient({ url: await child.ask('start'), key: 'none' })
  try {
    return await withSeededServer({}, async ({ client }) => {
      for (const question of warmUpQuestions().slice(0, 20)) {
        await writeDraft(client, await openAbout(client, question))
        await firstEvent(bare)
      }
      const written: WrittenDraft[] = []
      const reference: number[] = []
      for (const question of sampleQuestions().slice(0, drafts)) {
        written.push(await writeDraft(client, await openAbout(client, question)))
        reference.push(await firstEvent(bare))
      }
      const firstTextMs = written.map((draft) => draft.firstTextMs)
      const part = (name: keyof WrittenDraft['timings']) => `${median(written.map(({ timings }) => timings[name])).toFixed(0)} ms`
      return {
        title: 'Draft: from draftReply to the first event with text',
        conditions: `extractive, over HTTP and WebSocket against a server in its own process; ${drafts} conversations with distinct questions, one at a time`,
        reference: 'bare Yoga in its own process: a mutation, then a subscription of one constant event; no database',
        rows: [
          { what: 'p50', unit: 'ms', measured: median(firstTextMs), reference: median(reference), target: { atMost: 120 } },
          { what: 'p95', unit: 'ms', measured: percentile(firstTextMs, 0.95), reference: percentile(reference, 0.95), target: null },
        ],
        notes: [
          `median of its parts, as the drafts tell them: routing ${part('routeMs')}, retrieval ${part('retrieveMs')} (at the same time), first text of the generator ${part('firstTokenMs')}; the whole draft ${part('totalMs')}`,
        ],
      }
    })
  } finally {
    await bare.close()
    await child.stop()
  }
}

async function firstEvent(client: BenchClient): Promise<number> {
  const startedAt = performance.now()
  const { id: draftId } = await client.run<{ id: string }>('mutation ($input: DraftReplyInput!) { draftReply(input: $input) { id } }', {
    input: { conversationId: 'any' },
  })
  for await (const _event of client.follow('subscription ($draftId: ID!) { draftEvents(draftId: $draftId) { __typename seq at offset text } }', {
    draftId,
  })) {
    return performance.now() - startedAt
  }
  throw new Error('Bare Yoga sent no event.')
}
