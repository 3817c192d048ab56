import type { Resources } from '../../resources.ts'

export interface IntentSeed {
  name: string
  description?: string
  examples: string[]
}

/** Adds what is missing of these intents and examples, and has the router trained when something was. Safe to repeat: nothing is removed, no description overwritten. */
export async function seedIntents(
  { database, queue }: Pick<Resources, 'database' | 'queue'>,
  intents: IntentSeed[],
): Promise<{ intentsAdded: number; examplesAdded: number }> {
  return database.$transaction(async (transaction) => {
    const { count: intentsAdded } = await transaction.intent.createMany({
      data: intents.map(({ name, description }) => ({ name, description })),
      skipDuplicates: true,
    })
    const stored = await transaction.intent.findMany({ where: { name: { in: intents.map(({ name }) => name) } }, select: { id: true, name: true } })
    const ids = new Map(stored.map(({ id, name }) => [name, id]))
    const { count: examplesAdded } = await transaction.intentExample.createMany({
      data: intents.flatMap(({ name, examples }) => examples.map((text) => ({ intentId: ids.get(name)!, text }))),
      skipDuplicates: true,
    })
    if (examplesAdded > 0) await queue.send('train-router', {}, { transaction })
    return { intentsAdded, examplesAdded }
  })
}
