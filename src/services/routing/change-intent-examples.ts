import type { Intent } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import { NotFoundError } from '../errors.ts'
import { checkExamples, checkRoom } from './check-examples.ts'

export interface IntentExamplesInput {
  intentId: string
  examples: string[]
}

/** Idempotent: what the intent has already is not added again, and then nothing is trained. */
export function addIntentExamples(resources: Pick<Resources, 'database' | 'queue'>, { intentId, examples }: IntentExamplesInput): Promise<Intent> {
  const texts = checkExamples(examples)
  return change(resources, intentId, async (tx) => {
    const { count } = await tx.intentExample.createMany({ data: texts.map((text) => ({ intentId, text })), skipDuplicates: true })
    if (count > 0) await checkRoom(tx)
    return count
  })
}

/** Idempotent: what the intent does not have is gone already. */
export function removeIntentExamples(resources: Pick<Resources, 'database' | 'queue'>, { intentId, examples }: IntentExamplesInput): Promise<Intent> {
  const texts = checkExamples(examples)
  return change(resources, intentId, async (tx) => (await tx.intentExample.deleteMany({ where: { intentId, text: { in: texts } } })).count)
}

async function change(
  { database, queue }: Pick<Resources, 'database' | 'queue'>,
  intentId: string,
  apply: (tx: Transaction) => Promise<number>,
): Promise<Intent> {
  return database.$transaction(async (transaction) => {
    const intent = await transaction.intent.findUnique({ where: { id: intentId } })
    if (!intent) throw new NotFoundError('intent')
    const changed = await apply(transaction)
    if (changed > 0) await queue.send('train-router', {}, { transaction })
    return intent
  })
}
