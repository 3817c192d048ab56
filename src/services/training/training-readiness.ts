import type { Resources } from '../../resources.ts'

export type TrainingApproach = 'RAG_WITH_FEW_SHOT' | 'RAG_WITH_CUSTOM_MODEL' | 'RAG_WITH_FINE_TUNING' | 'FULL_FINE_TUNING'

export interface TrainingReadiness {
  approach: TrainingApproach
  reason: string
  /** Approved ones that may be learned from. */
  examples: number
  processed: number
  missingForNext: number
  /** Published articles that were added, changed or archived, as a share of them all, in a month. */
  knowledgeChangesPerMonth: number
}

const forCustomModel = 100
const forFineTuning = 1_000
const days = 90
const daysOfMonth = 365.25 / 12
/** With fewer changes than this for every hundred articles in a month, what a model knows by heart stays true for long. */
const rareChangesPercent = 2

/** Which approach fits what has been collected, and the numbers that decided. */
export async function trainingReadiness({ database }: Pick<Resources, 'database'>): Promise<TrainingReadiness> {
  const [row] = await database.$queryRaw<{ examples: number; processed: number; articles: number; changes: number; age: number }[]>`
    SELECT (SELECT count(*)::int FROM "TrainingExample" WHERE "state" = 'APPROVED' AND NOT "heldOut") AS examples,
      (SELECT count(*)::int FROM "TrainingExample" WHERE "state" = 'APPROVED' AND NOT "heldOut" AND "processed") AS processed,
      (SELECT count(*)::int FROM "Article" WHERE "status" = 'PUBLISHED') AS articles,
      -- Filling the knowledge base in the first place is no change of it.
      (SELECT count(*)::int FROM "ArticleVersion" v WHERE v."createdAt" > now() - ${days} * interval '1 day'
        AND v."createdAt" > (SELECT min("createdAt") + interval '1 day' FROM "ArticleVersion")) AS changes,
      coalesce((SELECT extract(epoch FROM now() - min("createdAt")) / 86400 FROM "ArticleVersion"), 0)::float8 AS age`
  const { examples, processed, articles, changes, age } = row!
  const observed = Math.max(1, Math.min(days, age))
  const knowledgeChangesPerMonth = Math.round((10 * changes * daysOfMonth) / Math.max(observed, daysOfMonth)) / 10
  return { examples, processed, knowledgeChangesPerMonth, ...decide({ examples, articles, observed, knowledgeChangesPerMonth }) }
}

export function decide({
  examples,
  articles,
  observed,
  knowledgeChangesPerMonth,
}: {
  examples: number
  articles: number
  /** Days over which changes were counted. */
  observed: number
  knowledgeChangesPerMonth: number
}): Pick<TrainingReadiness, 'approach' | 'reason' | 'missingForNext'> {
  const have = `${examples} approved ${examples === 1 ? 'example' : 'examples'}`
  if (examples < forCustomModel) {
    const missingForNext = forCustomModel - examples
    return {
      approach: 'RAG_WITH_FEW_SHOT',
      reason: `There are ${have}, fewer than ${forCustomModel}: retrieve articles and show the model the nearest corrections. ${missingForNext} more make a custom model worth trying.`,
      missingForNext,
    }
  }
  if (examples <= forFineTuning) {
    const missingForNext = forFineTuning + 1 - examples
    return {
      approach: 'RAG_WITH_CUSTOM_MODEL',
      reason: `There are ${have}, from ${forCustomModel} to ${forFineTuning}: build a custom model from the best replies, and keep the facts in the articles. ${missingForNext} more make fine-tuning worth trying.`,
      missingForNext,
    }
  }
  const percent = articles === 0 ? Number.POSITIVE_INFINITY : (100 * knowledgeChangesPerMonth) / articles
  const changes = `${knowledgeChangesPerMonth} changes of ${articles} articles in a month`
  if (observed >= daysOfMonth && percent < rareChangesPercent)
    return {
      approach: 'FULL_FINE_TUNING',
      reason: `There are ${have}, more than ${forFineTuning}, and the knowledge rarely changes (${changes}): full fine-tuning may be considered. Fine-tuning for style with the facts in the articles is the safer choice.`,
      missingForNext: 0,
    }
  const why = observed < daysOfMonth ? 'it has been watched for less than a month' : changes
  return {
    approach: 'RAG_WITH_FINE_TUNING',
    reason: `There are ${have}, more than ${forFineTuning}: fine-tune for style, and keep the facts in the articles, because the knowledge changes (${why}).`,
    missingForNext: 0,
  }
}
