import type { Intent } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { NotFoundError } from '../errors.ts'
import { checkExamples, checkRoom } from './check-examples.ts'

export interface IntentExamplesInput {
  intentId: string
  examples: string[]
  by: Viewer | null
}

/** Idempotent: what the intent has already is not added again, and then nothing is trained. */
export function addIntentExamples(
  resources: Pick<Resources, 'database' | 'queue'>,
  { intentId, examples, by }: IntentExamplesInput,
): Promise<Intent> {
  const texts = checkExamples(examples)
  return change(resources, { action: 'addIntentExamples', intentId, by }, async (tx) => {
    const { count } = await tx.intentExample.createMany({ data: texts.map((text) => ({ intentId, text })), skipDuplicates: true })
    if (count > 0) await checkRoom(tx)
    return count
  })
}

/** Idempotent: what the intent does not have is gone already. */
export function removeIntentExamples(
  resources: Pick<Resources, 'database' | 'queue'>,
  { intentId, examples, by }: IntentExamplesInput,
): Promise<Intent> {
  const texts = checkExamples(examples)
  return change(
    resources,
    { action: 'removeIntentExamples', intentId, by },
    async (tx) => (await tx.intentExample.deleteMany({ where: { intentId, text: { in: texts } } })).count,
  )
}

async function change(
  { database, queue }: Pick<Resources, 'database' | 'queue'>,
  { action, intentId, by }: { action: string; intentId: string; by: Viewer | null },
  apply: (tx: Transaction) => Promise<number>,
): Promise<Intent> {
  return database.$transaction(async (transaction) => {
    const intent = await transaction.intent.findUnique({ where: { id: intentId } })
    if (!intent) throw new NotFoundError('intent')
    const changed = await apply(transaction)
    if (changed === 0) return intent
    await queue.send('train-router', {}, { transaction })
    await recordAudit(transaction, by, { action, targetType: 'Intent', targetId: intentId, details: { examples: changed } })
    return intent
  })
}
