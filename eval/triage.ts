// Does the kind of lesson that is read from a correction agree with what its author said? `npm run eval -- triage`, on data/corrections.jsonl; no rule was fitted on it.
import type { TrainingLesson } from '../src/generated/prisma/client.ts'
import { seedIntents } from '../src/services/routing/seed-intents.ts'
import { triageExample } from '../src/services/training/triage-example.ts'
import { openKnowledge } from '../test/support/open-knowledge.ts'
import { loadHelpCenter, readLines } from './help-center.ts'

interface Correction {
  question: string
  bad_draft: string
  correction: string
  article: string
  reason: 'style' | 'missing_fact' | 'wrong_fact' | 'policy' | 'tone' | 'incomplete'
}
const lessons: Record<Correction['reason'], TrainingLesson> = {
  style: 'STYLE',
  tone: 'STYLE',
  missing_fact: 'MISSING_FACT',
  incomplete: 'MISSING_FACT',
  wrong_fact: 'WRONG_FACT',
  policy: 'POLICY',
}

const { resources, close } = await openKnowledge()
const slugs = await loadHelpCenter(resources)
await seedIntents(resources, [])
const { database } = resources
const counts = new Map<string, number>()
let [agree, article, count] = [0, 0, 0]
for (const { question, bad_draft, correction, article: slug, reason } of readLines<Correction>('corrections.jsonl')) {
  const conversation = await database.conversation.create({ data: { customer: { create: {} } } })
  const turn = await database.message.create({ data: { conversationId: conversation.id, position: 1, kind: 'CUSTOMER', text: question } })
  const draft = await database.draft.create({ data: { conversationId: conversation.id, turnMessageId: turn.id, text: bad_draft, status: 'READY' } })
  const { id } = await database.trainingExample.create({
    data: { draftId: draft.id, conversationId: conversation.id, question, originalResponse: bad_draft, correction, state: 'APPROVED' },
  })
  await triageExample(resources, { trainingExampleId: id, signal: AbortSignal.timeout(60_000) })
  const { lesson, articleIds } = await database.trainingExample.findUniqueOrThrow({ where: { id } })
  counts.set(`${reason.padEnd(13)} → ${lesson}`, (counts.get(`${reason.padEnd(13)} → ${lesson}`) ?? 0) + 1)
  count++
  if (lesson === lessons[reason]) agree++
  if (articleIds.some((articleId) => slugs.get(articleId) === slug)) article++
}
await close()
for (const [name, times] of [...counts].sort()) console.log(`${String(times).padStart(3)}  ${name}`)
console.log(`kind of lesson: ${agree} of ${count} as their author says (POLICY cannot be told from the texts alone: an agent says it as a reason)`)
console.log(`right article among those found to support the correction: ${article} of ${count}`)
