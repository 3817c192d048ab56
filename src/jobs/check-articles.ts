import type { Resources } from '../resources.ts'
import { checkKnowledge } from '../services/knowledge-health/check-knowledge.ts'

export async function workOnKnowledgeChecks(resources: Resources): Promise<void> {
  await resources.queue.work('check-articles', { concurrency: 1 }, (_payload, { signal }) => checkKnowledge(resources, { signal }))
}
