import { createHash } from 'node:crypto'
import { floatsFromBytes } from '../../lib/float-bytes.ts'
import { dot } from '../../lib/math/dot-products.ts'
import type { Transaction } from '../../stores/database.ts'
import { nearCopy } from './triage-example.ts'

export interface Collected {
  /** Not used by an earlier retraining. */
  fresh: number
  /** All that is learned from, the new ones too. */
  base: number
  heldOut: number
  /** So alike to a held-out one that learning from it would be cheating. */
  nearCopies: number
  /** New ones of an agent who taught more than their share; they wait for the next retraining. */
  surplus: number
  heldOutSha256: string
}

interface Row {
  id: string
  customerId: string
  agentId: string | null
  processed: boolean
  heldOut: boolean
  isMustPass: boolean
  splitAt: Date | null
  createdAt: Date
  question: string
  correction: string | null
}

const mostExamples = 20_000
/** From three agents on, nobody's new examples are more than this share of what a retraining takes. */
export const largestShare = 0.4
const agentsForShare = 3
/** Of the customers who are new, the newest of every so many are held out. */
const heldOutEvery = 5

/**
 * Chooses what a retraining learns from and what it measures with, and freezes it: rows of RetrainingExample. The split is by customer and time, and
 * an example stays on its side for ever; a dry run decides the same and writes it on no example.
 */
export async function collectExamples(
  tx: Transaction,
  { runId, limit, dryRun, isRebuild }: { runId: string; limit: number | null; dryRun: boolean; isRebuild: boolean },
): Promise<Collected> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT e."id", c."customerId", e."agentId", e."processed", e."heldOut", e."isMustPass", e."splitAt", e."createdAt", e."question", e."correction"
    FROM "TrainingExample" e JOIN "Conversation" c ON c."id" = e."conversationId"
    WHERE e."state" = 'APPROVED' ORDER BY e."createdAt" DESC, e."id" DESC LIMIT ${mostExamples}`
  rows.reverse()
  const heldOut = split(rows)
  const candidates = rows.filter((row) => !heldOut.has(row.id) && !row.processed)
  const wanted = limit === null ? candidates : candidates.slice(0, limit)
  const { taken, surplus } = capShares(wanted)
  const fresh = new Set(taken.map(({ id }) => id))
  const learned = rows.filter((row) => !heldOut.has(row.id) && (row.processed || fresh.has(row.id)))
  const copies = await findNearCopies(tx, { learned: learned.map(({ id }) => id), heldOut: [...heldOut] })
  const base = learned.filter(({ id }) => !copies.has(id))
  const cases = rows.filter(({ id }) => heldOut.has(id))
  // From before a crash that came between this and the step's own end.
  await tx.retrainingExample.deleteMany({ where: { retrainingId: runId } })
  await tx.retrainingExample.createMany({
    data: [
      ...base.map(({ id, processed }) => ({ retrainingId: runId, trainingExampleId: id, heldOut: false, isNew: !processed })),
      ...cases.map(({ id }) => ({ retrainingId: runId, trainingExampleId: id, heldOut: true, isNew: false })),
    ],
  })
  if (!dryRun) {
    const decided = rows.filter((row) => row.splitAt === null && (heldOut.has(row.id) || fresh.has(row.id))).map(({ id }) => id)
    await tx.trainingExample.updateMany({ where: { id: { in: decided } }, data: { splitAt: new Date() } })
    await tx.trainingExample.updateMany({ where: { id: { in: cases.map(({ id }) => id) }, heldOut: false }, data: { heldOut: true } })
    await tx.trainingExample.updateMany({
      where: { id: { in: [...copies] }, reviewedAt: null },
      data: {
        state: 'EXCLUDED',
        stateReason: 'Its question is nearly that of a held-out example: learning from it would make the measurement worthless.',
      },
    })
  }
  const isAsked = isRebuild || base.some(({ processed }) => !processed)
  return {
    fresh: isAsked ? base.filter(({ processed }) => !processed).length : 0,
    base: base.length,
    heldOut: cases.length,
    nearCopies: copies.size,
    surplus,
    heldOutSha256: hashOf(cases),
  }
}

/** The ids that are held out. Everything of one customer is on one side; of the customers who are new, the newest fifth. */
export function split(rows: Pick<Row, 'id' | 'customerId' | 'heldOut' | 'splitAt' | 'isMustPass' | 'processed'>[]): Set<string> {
  const side = new Map<string, boolean>()
  for (const { customerId, splitAt, heldOut, processed } of rows)
    if (splitAt !== null || processed) side.set(customerId, heldOut || (side.get(customerId) ?? false))
  const fresh = [...new Set(rows.map(({ customerId }) => customerId))].filter((customerId) => !side.has(customerId))
  const first = fresh.length - Math.floor(fresh.length / heldOutEvery)
  for (const [index, customerId] of fresh.entries()) side.set(customerId, index >= first)
  // What a retraining has learned from is no measure any more, whoever's it is.
  return new Set(
    rows.filter((row) => !row.processed && (row.heldOut || row.isMustPass || (row.splitAt === null && side.get(row.customerId)))).map(({ id }) => id),
  )
}

/** The oldest of each agent, up to the share. */
export function capShares<Example extends { agentId: string | null }>(examples: Example[]): { taken: Example[]; surplus: number } {
  const agents = new Set(examples.map(({ agentId }) => agentId).filter((agentId) => agentId !== null))
  if (agents.size < agentsForShare) return { taken: examples, surplus: 0 }
  const most = Math.max(1, Math.floor(largestShare * examples.length))
  const counts = new Map<string, number>()
  const taken = examples.filter(({ agentId }) => {
    if (agentId === null) return true
    const count = (counts.get(agentId) ?? 0) + 1
    counts.set(agentId, count)
    return count <= most
  })
  return { taken, surplus: examples.length - taken.length }
}

const atOnce = 500

async function findNearCopies(tx: Transaction, { learned, heldOut }: { learned: string[]; heldOut: string[] }): Promise<Set<string>> {
  const cases = await vectorsOf(tx, heldOut)
  const copies = new Set<string>()
  for (let from = 0; from < learned.length && cases.length > 0; from += atOnce) {
    for (const { id, vector } of await vectorsOf(tx, learned.slice(from, from + atOnce)))
      if (cases.some((other) => other.vector.length === vector.length && dot(other.vector, 0, vector, 0, vector.length) > nearCopy)) copies.add(id)
  }
  return copies
}

async function vectorsOf(tx: Transaction, ids: string[]): Promise<{ id: string; vector: Float32Array }[]> {
  const rows = await tx.trainingExample.findMany({ where: { id: { in: ids }, embedding: { not: null } }, select: { id: true, embedding: true } })
  return rows.map(({ id, embedding }) => ({ id, vector: floatsFromBytes(embedding!) }))
}

function hashOf(cases: Pick<Row, 'id' | 'question' | 'correction'>[]): string {
  const hash = createHash('sha256')
  for (const { id, question, correction } of cases.toSorted((a, b) => (a.id < b.id ? -1 : 1)))
    hash.update(`${JSON.stringify([id, question, correction])}\n`)
  return hash.digest('hex')
}
