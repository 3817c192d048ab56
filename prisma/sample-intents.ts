import { readFile } from 'node:fs/promises'
import type { Resources } from '../src/resources.ts'
import { type IntentSeed, seedIntents } from '../src/services/routing/seed-intents.ts'
import { trainRouter } from '../src/services/routing/train-router.ts'

/** Gives the database the sample's intents and teaches the router at once, so that the first message is routed. */
export async function seedSampleIntents(resources: Resources): Promise<{ intents: number; examples: number }> {
  const sample = JSON.parse(await readFile(new URL('../data/sample-intents.json', import.meta.url), 'utf8')) as IntentSeed[]
  await seedIntents(resources, sample)
  await trainRouter(resources)
  return { intents: sample.length, examples: sample.reduce((sum, { examples }) => sum + examples.length, 0) }
}
