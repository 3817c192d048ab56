import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'

/**
 * Takes out what was made of these training examples: intent examples, phrasings and few-shot examples, and the numbers of every retraining that
 * learned from one of them. A retraining that is at work is asked to stop. Returns how many items are gone, and whether anything had been learned.
 * The caller, after its commit, calls `learned.changed()`.
 */
export async function forgetExamples(
  { queue }: Pick<Resources, 'queue'>,
  tx: Transaction,
  trainingExampleIds: string[],
): Promise<{ learnedItems: number; wasLearned: boolean }> {
  const where = { trainingExampleId: { in: trainingExampleIds } }
  const phrasings = await tx.phrasing.findMany({ where, select: { articleId: true } })
  const counts = [
    await tx.intentExample.deleteMany({ where }),
    await tx.phrasing.deleteMany({ where }),
    await tx.fewShotExample.deleteMany({ where }),
  ]
  const fitted = await tx.learnedParameters.deleteMany({ where: { retraining: { examples: { some: { ...where, heldOut: false } } } } })
  await tx.run.updateMany({
    where: { kind: 'RETRAINING', status: { in: ['QUEUED', 'RUNNING'] }, cancelRequestedAt: null, retraining: { examples: { some: where } } },
    data: { cancelRequestedAt: new Date() },
  })
  if (counts[0]!.count > 0) await queue.send('train-router', {}, { transaction: tx })
  const articleIds = [...new Set(phrasings.map(({ articleId }) => articleId))]
  if (articleIds.length > 0) await queue.send('index-articles', { articleIds }, { transaction: tx })
  const learnedItems = counts.reduce((sum, { count }) => sum + count, 0)
  return { learnedItems, wasLearned: learnedItems > 0 || fitted.count > 0 }
}
