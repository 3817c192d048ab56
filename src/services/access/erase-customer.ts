import { messageLines } from '../../engines/ollama-models.ts'
import type { Prisma } from '../../generated/prisma/client.ts'
import { encodeGlobalId } from '../../lib/global-id.ts'
import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import { NotFoundError } from '../errors.ts'
import { summariseGap } from '../knowledge-health/summarise-gap.ts'
import type { VersionMessage } from '../models/write-with.ts'
import { forgetExamples } from '../training/forget-examples.ts'
import { liveRetraining, lockRetraining, queueRetraining } from '../training/start-retraining.ts'
import { accessTopic } from './live-rights.ts'
import { recordAudit } from './record-audit.ts'
import type { Viewer } from './viewer.ts'

export interface Erasure {
  customerId: string
  conversations: number
  trainingExamples: number
  /** Names of versions that were trained on data with an example of theirs. */
  modelVersions: string[]
}

/**
 * Deletes a customer with everything they wrote and everything that was made of it: conversations, drafts, training examples, what was learned from
 * them, questions among the gaps, exported files, and answers kept for idempotency. Models that were trained on their words cannot unlearn: their
 * versions are flagged. The audit log keeps ids, and no words.
 */
export async function eraseCustomer(
  resources: Pick<Resources, 'database' | 'queue' | 'wakeUps' | 'learned' | 'embedder'>,
  { customerId, by }: { customerId: string; by: Viewer | null },
): Promise<Erasure> {
  const { database, queue, wakeUps, learned } = resources
  const { erasure, gapIds } = await database.$transaction(
    async (tx) => {
      await lockRetraining(tx)
      const customer = await tx.customer.findUnique({ where: { id: customerId }, select: { id: true } })
      if (!customer) throw new NotFoundError('customer')
      const conversationIds = (await tx.conversation.findMany({ where: { customerId }, select: { id: true } })).map(({ id }) => id)
      const within = { conversationId: { in: conversationIds } }
      const exampleIds = (await tx.trainingExample.findMany({ where: within, select: { id: true } })).map(({ id }) => id)
      const { wasLearned } = await forgetExamples({ queue }, tx, exampleIds)
      const modelVersions = [...(await flagModelVersions(tx, exampleIds)), ...(await eraseDatasets(tx, exampleIds))]
      const gapIds = [...new Set((await tx.gapQuestion.findMany({ where: within, select: { gapId: true } })).flatMap(({ gapId }) => gapId ?? []))]
      await forgetAnswers(tx, customerId, conversationIds)
      await tx.customer.delete({ where: { id: customerId } })
      await eraseGaps(tx, gapIds)
      if (wasLearned && !(await liveRetraining(tx))) await queueRetraining({ queue }, tx, { trigger: 'REBUILD', by })
      await recordAudit(tx, by, {
        action: 'eraseCustomer',
        targetType: 'Customer',
        targetId: customerId,
        details: { conversations: conversationIds.length, trainingExamples: exampleIds.length },
      })
      return { erasure: { customerId, conversations: conversationIds.length, trainingExamples: exampleIds.length, modelVersions }, gapIds }
    },
    { timeout: 60_000, maxWait: 60_000 },
  )
  wakeUps.notify(accessTopic)
  learned.changed()
  for (const gapId of gapIds) await summariseGap(resources, { gapId })
  return erasure
}

/** What a version keeps of their words goes; its model on the server has seen them all the same. */
async function flagModelVersions(tx: Transaction, exampleIds: string[]): Promise<string[]> {
  const versions = await tx.modelVersion.findMany({
    where: { examples: { some: { trainingExampleId: { in: exampleIds } } } },
    include: { examples: { where: { trainingExampleId: { in: exampleIds } }, select: { trainingExampleId: true } } },
  })
  const erased = new Set(exampleIds)
  for (const { id, messages, modelfile, examples } of versions) {
    const [theirs, rest] = partition(messages as unknown as VersionMessage[], ({ trainingExampleId }) => erased.has(trainingExampleId))
    await tx.modelVersion.update({
      where: { id },
      data: {
        erasedExamples: { increment: examples.length },
        messages: rest as unknown as Prisma.InputJsonValue,
        modelfile: modelfile && theirs.reduce((text, message) => text.replace(messageLines(message), ''), modelfile),
      },
    })
  }
  return versions.map(({ name }) => name)
}

function partition<Item>(items: Item[], isWanted: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(isWanted), items.filter((item) => !isWanted(item))]
}

/** Files with their words are gone at once; what was trained on such a file is flagged. */
async function eraseDatasets(tx: Transaction, exampleIds: string[]): Promise<string[]> {
  if (exampleIds.length === 0) return []
  const chunks = await tx.datasetChunk.findMany({ where: { exampleIds: { hasSome: exampleIds } }, select: { datasetId: true, exampleIds: true } })
  const erased = new Set(exampleIds)
  const counts = new Map<string, number>()
  for (const { datasetId, exampleIds: theirs } of chunks)
    counts.set(datasetId, (counts.get(datasetId) ?? 0) + theirs.filter((id) => erased.has(id)).length)
  const names: string[] = []
  for (const [datasetId, count] of counts) {
    await tx.datasetChunk.updateMany({ where: { datasetId }, data: { bytes: null } })
    const { sha256 } = await tx.dataset.update({ where: { id: datasetId }, data: { erasedExamples: { increment: count }, expiresAt: new Date() } })
    if (sha256 === null) continue
    const versions = await tx.modelVersion.findMany({ where: { datasetSha256: sha256, examples: { none: {} } }, select: { id: true, name: true } })
    await tx.modelVersion.updateMany({ where: { id: { in: versions.map(({ id }) => id) } }, data: { erasedExamples: { increment: count } } })
    names.push(...versions.map(({ name }) => name))
  }
  return [...new Set(names)]
}

/** Answers that are kept to be given again hold what was read. */
async function forgetAnswers(tx: Transaction, customerId: string, conversationIds: string[]): Promise<void> {
  const ids = [encodeGlobalId('Customer', customerId), ...conversationIds.map((id) => encodeGlobalId('Conversation', id))]
  await tx.$executeRaw`
    DELETE FROM "IdempotentRequest" WHERE "callerId" LIKE ${`customer:${customerId}%`}
      OR EXISTS (SELECT 1 FROM unnest(${ids}::text[]) AS theirs(id) WHERE position(theirs.id IN "response"::text) > 0)`
}

/** A gap that nobody else asked about goes; of the others whatever was made of their words, until it is summarised anew. */
async function eraseGaps(tx: Transaction, gapIds: string[]): Promise<void> {
  await tx.knowledgeGap.deleteMany({ where: { id: { in: gapIds }, questions: { none: {} } } })
  for (const gap of await tx.knowledgeGap.findMany({
    where: { id: { in: gapIds } },
    select: { id: true, questions: { take: 1, select: { text: true } } },
  }))
    await tx.knowledgeGap.update({
      where: { id: gap.id },
      data: { question: gap.questions[0]!.text, suggestedTitle: null, suggestion: null, attributions: [], embedding: null, embeddingModel: null },
    })
}
