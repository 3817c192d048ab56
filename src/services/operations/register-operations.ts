import type { OperationManifest } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { ConflictError } from '../errors.ts'
import { type CheckedDocument, checkDocuments, type GivenDocument } from './check-documents.ts'
import { type PartnerName, partnerNamed } from './partner-named.ts'

export type ReadOperation = { name: string; type: string; cost: number } | { problem: string; name?: string }

const mostOperations = 5_000

/**
 * Registers documents for a partner under its next manifest. What is known keeps its status and moves to the new manifest, so that the older ones
 * are left with what is sent no more. When the newest manifest has them all, nothing changes.
 */
export async function registerOperations(
  { database, operations }: Pick<Resources, 'database' | 'operations'>,
  {
    documents,
    isDraft,
    read,
    longest,
    by,
    ...name
  }: PartnerName & { documents: GivenDocument[]; isDraft: boolean; read: (body: string) => ReadOperation; longest: number; by: Viewer | null },
): Promise<OperationManifest> {
  const checked = checkDocuments(documents, { read, longest })
  const manifest = await database.$transaction(async (tx) => {
    const partnerId = await partnerNamed(tx, name)
    // Two that register at once would both take the next version.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('understudy.operations'), hashtext(${partnerId}))`
    const newest = await tx.operationManifest.findFirst({ where: { partnerId }, orderBy: { version: 'desc' } })
    const known = await tx.registeredOperation.findMany({
      where: { partnerId, hash: { in: checked.map(({ hash }) => hash) } },
      select: { hash: true, manifestId: true },
    })
    if (newest && known.length === checked.length && known.every(({ manifestId }) => manifestId === newest.id)) return newest
    const stored = await store(tx, {
      partnerId,
      version: (newest?.version ?? 0) + 1,
      isDraft,
      documents: checked,
      known: new Set(known.map(({ hash }) => hash)),
    })
    await recordAudit(tx, by, {
      action: 'registerOperations',
      targetType: 'OperationManifest',
      targetId: stored.id,
      details: { version: stored.version, documents: checked.length },
    })
    return stored
  })
  operations.forget()
  return manifest
}

async function store(
  tx: Transaction,
  {
    partnerId,
    version,
    isDraft,
    documents,
    known,
  }: { partnerId: string; version: number; isDraft: boolean; documents: CheckedDocument[]; known: Set<string> },
): Promise<OperationManifest> {
  const added = documents.filter(({ hash }) => !known.has(hash))
  const there = await tx.registeredOperation.count({ where: { partnerId } })
  if (there + added.length > mostOperations)
    throw new ConflictError(
      `The partner would have ${there + added.length} operations, and at most ${mostOperations} are kept. Ask the operator to remove old ones.`,
    )
  const manifest = await tx.operationManifest.create({ data: { partnerId, version } })
  await tx.registeredOperation.updateMany({ where: { partnerId, hash: { in: [...known] } }, data: { manifestId: manifest.id } })
  await tx.registeredOperation.createMany({
    data: added.map((document) => ({ ...document, partnerId, manifestId: manifest.id, status: isDraft ? 'DRAFT' : 'ACTIVE' })),
  })
  return manifest
}
