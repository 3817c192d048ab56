import type { FeedbackRating } from '../../generated/prisma/client.ts'
import { floatsFromBytes } from '../../lib/float-bytes.ts'
import type { Resources } from '../../resources.ts'
import type { Turn } from '../drafting/read-turns.ts'
import type { HeldOutCase } from './measure-cases.ts'
import type { LessonEvidence } from './triage-example.ts'

/** An example that a retraining learns from. */
export interface BaseExample {
  id: string
  question: string
  correction: string | null
  originalResponse: string
  intent: string | null
  /** An agent named it; else it is the router's own opinion. */
  isIntentNamed: boolean
  articleIds: string[]
  rating: FeedbackRating | null
  editRatio: number | null
  evidence: LessonEvidence[]
  vector: Float32Array | null
  customerId: string
  customerName: string | null
  createdAt: Date
}

const atOnce = 500

/** What was collected to learn from, oldest first. Those that were excluded or erased meanwhile are left out. */
export async function readBase({ database }: Pick<Resources, 'database'>, runId: string): Promise<BaseExample[]> {
  const examples: BaseExample[] = []
  for (let after = ''; ; ) {
    const rows = await database.trainingExample.findMany({
      where: { id: { gt: after }, state: 'APPROVED', retrainings: { some: { retrainingId: runId, heldOut: false } } },
      orderBy: { id: 'asc' },
      take: atOnce,
      include: {
        conversation: { select: { customerId: true, customer: { select: { name: true } } } },
        draft: { select: { feedback: { where: { correctedIntent: { not: null } }, select: { id: true }, take: 1 } } },
      },
    })
    for (const { conversation, draft, embedding, lessonEvidence, ...row } of rows)
      examples.push({
        ...row,
        isIntentNamed: draft.feedback.length > 0,
        evidence: lessonEvidence as unknown as LessonEvidence[],
        vector: embedding && floatsFromBytes(embedding),
        customerId: conversation.customerId,
        customerName: conversation.customer.name,
      })
    if (rows.length < atOnce) return examples
    after = rows.at(-1)!.id
  }
}

/** What was collected to measure with. */
export async function readCases({ database }: Pick<Resources, 'database'>, runId: string): Promise<HeldOutCase[]> {
  const rows = await database.trainingExample.findMany({
    where: { state: 'APPROVED', retrainings: { some: { retrainingId: runId, heldOut: true } } },
    orderBy: { id: 'asc' },
    select: { id: true, question: true, context: true, articleIds: true, intent: true, correction: true, isMustPass: true },
  })
  return rows.map(({ id, context, ...row }) => ({ ...row, exampleId: id, context: context as unknown as Turn[] }))
}
