import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadHelpCenter } from '../eval/help-center.ts'
import { startApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { createLogger } from '../src/lib/logger.ts'
import { sentenceSpans } from '../src/lib/text/sentence-spans.ts'
import type { Resources } from '../src/resources.ts'
import { openConversation } from '../src/services/conversations/open-conversation.ts'
import { draftReply } from '../src/services/drafting/draft-reply.ts'
import { followDraft } from '../src/services/drafting/follow-draft.ts'
import { seedIntents } from '../src/services/routing/seed-intents.ts'
import { trainRouter } from '../src/services/routing/train-router.ts'
import { startRetraining } from '../src/services/training/start-retraining.ts'
import { simulatedAdmin } from '../test/support/simulated-admin.ts'
import type { Measurement } from './measurement.ts'
import { percentile } from './statistics.ts'
import { sampleQuestions } from './support/questions.ts'

const examples = 1_000
const draftsBefore = 60

const by = simulatedAdmin('bench')

/** How long a retraining takes that nothing prepared, and what the drafts beside it notice of it. */
export async function measureRetraining(): Promise<Measurement> {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-bench-'))
  const config = readConfig({ DATA_DIR: folder, PORT: '0', GENERATOR: 'extractive', LOG_LEVEL: 'silent' })
  const app = await startApp(config, { logger: createLogger({ level: 'silent', isTerminal: false }) })
  try {
    const { resources } = app
    await loadHelpCenter(resources)
    const made = await teach(resources)
    await trainRouter(resources)
    const questions = sampleQuestions()
    await writeDrafts(10)
    const before = await writeDrafts(draftsBefore)
    const startedAt = performance.now()
    const { id } = await startRetraining(resources, { by })
    const beside: number[] = []
    const steps = new Map<string, number>()
    let [lastStep, lastAt] = ['queued', startedAt]
    let status = 'QUEUED'
    const watching = setInterval(async () => {
      const run = await resources.database.run.findUniqueOrThrow({ where: { id }, select: { status: true, step: true } })
      status = run.status
      if (run.step === lastStep) return
      steps.set(lastStep, (performance.now() - lastAt) / 1000)
      ;[lastStep, lastAt] = [run.step ?? lastStep, performance.now()]
    }, 250)
    while (status === 'QUEUED' || status === 'RUNNING') beside.push(...(await writeDrafts(1)))
    clearInterval(watching)
    const { startedAt: began, finishedAt } = await resources.database.run.findUniqueOrThrow({ where: { id } })
    const seconds = (finishedAt!.getTime() - began!.getTime()) / 1000
    const { heldOutCases, activated, reason } = await resources.database.retraining.findUniqueOrThrow({ where: { runId: id } })
    const p95 = percentile(beside, 0.95)
    return {
      title: `Retrain on ${made} new examples`,
      conditions: `extractive, nothing looked at beforehand, ${heldOutCases} of them held out, one draft after the other beside it; ${activated ? 'activated' : `not activated: ${reason}`}`,
      reference: 'the same drafts before it',
      rows: [
        { what: 'from its start to its end', unit: 's', measured: seconds, reference: null, target: { atMost: 60 } },
        {
          what: 'a draft beside it, p95',
          unit: 'ms',
          measured: p95,
          reference: percentile(before, 0.95),
          target: { atMost: 2 * percentile(before, 0.95) },
        },
        { what: 'a draft beside it, p50', unit: 'ms', measured: percentile(beside, 0.5), reference: percentile(before, 0.5), target: null },
      ],
      notes: [`until each step was done, in seconds: ${Array.from(steps, ([step, took]) => `${step} ${took.toFixed(1)}`).join(', ')}`],
    }

    async function writeDrafts(count: number): Promise<number[]> {
      const times: number[] = []
      for (let round = 0; round < count; round++) {
        const message = questions[Math.floor(Math.random() * questions.length)]!
        const { id: conversationId } = await openConversation(resources, { input: { message }, by })
        const asked = performance.now()
        const draft = await draftReply(resources, { conversationId, by })
        for await (const { type } of await followDraft(resources, { draftId: draft.id, afterSeq: 0 }))
          if (type === 'DraftFailed') throw new Error('A draft failed.')
        times.push(performance.now() - asked)
      }
      return times
    }
  } finally {
    await app.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Approved corrections as fast as rows can be made: each asks after another sentence of the articles, and is answered with it. */
async function teach({ database, ...resources }: Resources): Promise<number> {
  const articles = await database.article.findMany({ orderBy: { slug: 'asc' }, select: { id: true, category: true, body: true } })
  const said = articles.flatMap((article) =>
    sentenceSpans(article.body.replace(/[#*>|-]+/g, ' '))
      .map(({ text }) => text.replace(/\s+/g, ' ').trim())
      .filter((text) => text.length > 20)
      .map((text) => ({ ...article, text })),
  )
  // In the order of the articles, the newest customers, who are held out, would all ask about the last ones.
  const taken = Array.from({ length: 13 }, (_, first) => said.filter((_, index) => index % 13 === first))
    .flat()
    .slice(0, examples)
  await seedIntents(
    { database, ...resources },
    [...Map.groupBy(taken, ({ category }) => category)].map(([name, of]) => ({ name, examples: of.slice(0, 3).map(({ text }) => text) })),
  )
  const agents = Array.from({ length: 5 }, (_, index) => ({ id: `agent-${index}`, name: `Agent ${index}` }))
  await database.agent.createMany({ data: agents })
  const rows = taken.map(({ text, category, id }, index) => {
    const number = String(index).padStart(4, '0')
    const other = taken[(index * 7 + 1) % taken.length]!.text
    return {
      number,
      id,
      category,
      question: `Can you tell me more about this: ${text}`,
      draft: other,
      reply: `Hi there,\n\n${text} ${other}\n\n— The crew`,
    }
  })
  const each = <Row>(row: (of: (typeof rows)[number], index: number) => Row) => rows.map(row)
  await database.customer.createMany({ data: each(({ number }) => ({ id: `customer-${number}` })) })
  await database.conversation.createMany({ data: each(({ number }) => ({ id: `conversation-${number}`, customerId: `customer-${number}` })) })
  await database.message.createMany({
    data: each(({ number, question }) => ({
      id: `message-${number}`,
      conversationId: `conversation-${number}`,
      position: 1,
      kind: 'CUSTOMER' as const,
      text: question,
      customerId: `customer-${number}`,
    })),
  })
  await database.draft.createMany({
    data: each(({ number, draft, category }) => ({
      id: `draft-${number}`,
      conversationId: `conversation-${number}`,
      turnMessageId: `message-${number}`,
      status: 'SUPERSEDED' as const,
      text: draft,
      intent: category,
    })),
  })
  await database.feedback.createMany({
    data: each(({ number, id, category }, index) => ({
      draftId: `draft-${number}`,
      agentId: `agent-${index % agents.length}`,
      correctedIntent: category,
      correctedArticleIds: [id],
    })),
  })
  await database.trainingExample.createMany({
    data: each(({ number, question, draft, reply, category }, index) => ({
      draftId: `draft-${number}`,
      conversationId: `conversation-${number}`,
      agentId: `agent-${index % agents.length}`,
      state: 'APPROVED' as const,
      intent: category,
      question,
      originalResponse: draft,
      correction: reply,
    })),
  })
  return rows.length
}
