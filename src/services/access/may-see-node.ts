import type { Resources } from '../../resources.ts'
import type { Viewer } from './viewer.ts'

/**
 * Whether there is such an object and this viewer may know of it: for `node`, where what is foreign must look like what does not exist. The
 * types keep their own rules; this one only decides between null and an answer.
 */
export async function maySeeNode(
  { database }: Pick<Resources, 'database'>,
  { typename, id, viewer }: { typename: string; id: string; viewer: Viewer },
): Promise<boolean> {
  const isStaff = viewer.role === 'ADMIN' || viewer.role === 'AGENT'
  const customerId = viewer.customerId ?? 'nobody'
  switch (typename) {
    case 'Customer':
      return (isStaff || id === customerId) && (await database.customer.count({ where: { id } })) > 0
    case 'Conversation':
      return (await database.conversation.count({ where: { id, ...(!isStaff && { customerId }) } })) > 0
    case 'Message':
      return (await database.message.count({ where: { id, ...(!isStaff && { kind: { not: 'NOTE' }, conversation: { customerId } }) } })) > 0
    case 'Agent':
      return isStaff && (await database.agent.count({ where: { id } })) > 0
    case 'Draft':
      return isStaff && (await database.draft.count({ where: { id } })) > 0
    case 'Article':
      return isStaff && (await database.article.count({ where: { id } })) > 0
    case 'Intent':
      return isStaff && (await database.intent.count({ where: { id } })) > 0
    case 'KnowledgeGap':
      return isStaff && (await database.knowledgeGap.count({ where: { id } })) > 0
    case 'ArticlePair':
      return isStaff && (await database.articlePair.count({ where: { id } })) > 0
    case 'ModelVersion':
      return isStaff && (await database.modelVersion.count({ where: { id } })) > 0
    case 'Feedback':
      return isStaff && (await database.feedback.count({ where: { id } })) > 0
    case 'TrainingExample':
      return isStaff && (await database.trainingExample.count({ where: { id } })) > 0
    case 'SatisfactionRating':
      return (await database.satisfactionRating.count({ where: { id, ...(!isStaff && { survey: { conversation: { customerId } } }) } })) > 0
    case 'ImportRun':
      return isStaff && (await database.run.count({ where: { id, kind: 'IMPORT' } })) > 0
    case 'ReindexRun':
      return isStaff && (await database.run.count({ where: { id, kind: 'REINDEX' } })) > 0
    default:
      return false
  }
}
