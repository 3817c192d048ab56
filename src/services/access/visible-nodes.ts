import type { RunKind } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import type { Database } from '../../stores/database.ts'
import { ownDrafts } from '../drafting/read-draft.ts'
import { runTypes } from '../runs/run-types.ts'
import { customersOfPartner } from './known-customers.ts'
import { ownConversations } from './own-conversations.ts'
import { ownOperations } from './own-operations.ts'
import { articlesFor } from './public-articles.ts'
import { isStaff, type Viewer } from './viewer.ts'

interface Node {
  typename: string
  id: string
}
type Rows = Promise<{ id: string }[]>
type Find = (database: Database, where: { id: { in: string[] } }, viewer: Viewer) => Rows | null

const select = { id: true } as const
const staffOnly =
  (find: (database: Database, where: { id: { in: string[] } }) => Rows): Find =>
  (database, where, viewer) =>
    isStaff(viewer) ? find(database, where) : null
const adminOnly =
  (find: (database: Database, where: { id: { in: string[] } }) => Rows): Find =>
  (database, where, viewer) =>
    viewer.role === 'ADMIN' ? find(database, where) : null

const findByType: Record<string, Find> = {
  Customer(database, where, viewer) {
    if (viewer.role === 'PARTNER') return customersOfPartner({ database }, viewer.partnerId, where.id.in).then((ids) => ids.map((id) => ({ id })))
    const own = isStaff(viewer) ? {} : { AND: { id: viewer.customerId ?? 'nobody' } }
    return database.customer.findMany({ where: { ...where, ...own }, select })
  },
  Conversation: (database, where, viewer) => database.conversation.findMany({ where: { AND: [where, ownConversations(viewer)] }, select }),
  Message(database, where, viewer) {
    const own = isStaff(viewer) ? {} : { kind: { not: 'NOTE' as const }, conversation: ownConversations(viewer) }
    return database.message.findMany({ where: { ...where, ...own }, select })
  },
  SatisfactionRating: (database, where, viewer) =>
    database.satisfactionRating.findMany({
      where: { ...where, ...(!isStaff(viewer) && { survey: { conversation: ownConversations(viewer) } }) },
      select,
    }),
  Draft: (database, where, viewer) => database.draft.findMany({ where: { AND: [where, ownDrafts(viewer)] }, select }),
  Article: (database, where, viewer) =>
    viewer.role === 'CUSTOMER' ? null : database.article.findMany({ where: { AND: [where, articlesFor(viewer)] }, select }),
  Agent: staffOnly((database, where) => database.agent.findMany({ where, select })),
  Intent: staffOnly((database, where) => database.intent.findMany({ where, select })),
  KnowledgeGap: staffOnly((database, where) => database.knowledgeGap.findMany({ where, select })),
  ArticlePair: staffOnly((database, where) => database.articlePair.findMany({ where, select })),
  ModelVersion: staffOnly((database, where) => database.modelVersion.findMany({ where, select })),
  Experiment: staffOnly((database, where) => database.experiment.findMany({ where, select })),
  ExperimentVariant: staffOnly((database, where) => database.experimentVariant.findMany({ where, select })),
  Feedback: staffOnly((database, where) => database.feedback.findMany({ where, select })),
  TrainingExample: staffOnly((database, where) => database.trainingExample.findMany({ where, select })),
  ...Object.fromEntries(
    Object.entries(runTypes).map(([kind, type]) => [
      type,
      staffOnly((database, where) => database.run.findMany({ where: { ...where, kind: kind as RunKind }, select })),
    ]),
  ),
  DatasetExport: adminOnly((database, where) => database.dataset.findMany({ where, select })),
  ApiKey: adminOnly((database, where) => database.apiKey.findMany({ where, select })),
  OperationManifest: (database, where, viewer) => database.operationManifest.findMany({ where: { AND: [where, ownOperations(viewer)] }, select }),
  Webhook: adminOnly((database, where) => database.webhook.findMany({ where, select })),
  WebhookDelivery: adminOnly((database, where) => database.webhookDelivery.findMany({ where, select })),
  Partner: adminOnly((database, where) => database.partner.findMany({ where, select })),
}

/**
 * Which of these objects there are that this viewer may know of: for `node`, where what is foreign must look like what does not exist. The types
 * keep their own rules; this one only decides between null and an answer. One statement a type.
 */
export async function visibleNodes(
  { database }: Pick<Resources, 'database'>,
  { nodes, viewer }: { nodes: Node[]; viewer: Viewer },
): Promise<(node: Node) => boolean> {
  const byType = Map.groupBy(nodes, ({ typename }) => typename)
  const found = await Promise.all(
    [...byType].map(async ([typename, wanted]) => {
      const find = Object.hasOwn(findByType, typename) ? findByType[typename] : undefined
      const rows = await find?.(database, { id: { in: wanted.map(({ id }) => id) } }, viewer)
      return (rows ?? []).map(({ id }) => `${typename}:${id}`)
    }),
  )
  const visible = new Set(found.flat())
  return ({ typename, id }) => visible.has(`${typename}:${id}`)
}
