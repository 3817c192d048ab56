import { type Intent, Prisma } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { checkOptionalText, checkText, limits } from '../checked-input.ts'
import { ConflictError } from '../errors.ts'
import { checkExamples, checkRoom } from './check-examples.ts'

export interface CreateIntentInput {
  name: string
  description?: string | null
  examples?: string[] | null
}

export async function createIntent(
  { database, queue }: Pick<Resources, 'database' | 'queue'>,
  { by, ...input }: CreateIntentInput & { by: Viewer | null },
): Promise<Intent> {
  const name = checkText('name', input.name, { maximum: limits.name }).trim()
  const description = checkOptionalText('description', input.description, { maximum: limits.note })
  const examples = checkExamples(input.examples ?? [])
  try {
    return await database.$transaction(async (transaction) => {
      const intent = await transaction.intent.create({ data: { name, description } })
      await transaction.intentExample.createMany({ data: examples.map((text) => ({ intentId: intent.id, text })) })
      await checkRoom(transaction)
      if (examples.length > 0) await queue.send('train-router', {}, { transaction })
      await recordAudit(transaction, by, {
        action: 'createIntent',
        targetType: 'Intent',
        targetId: intent.id,
        details: { examples: examples.length },
      })
      return intent
    })
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002')
      throw new ConflictError(`There is an intent ${name} already. Add examples to it with addIntentExamples, or choose another name.`)
    throw error
  }
}
