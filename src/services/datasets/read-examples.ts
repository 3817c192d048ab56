import { Prisma } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import type { ExportedExample } from './dataset-rows.ts'

export interface ExportFilter {
  intent: string | null
  processed: boolean | null
  includeHeldOut: boolean
  /** With the prompts, which are most of an example. */
  needsPrompt: boolean
}

const pageSize = 1_000

/** Approved examples by id, page by page: as many as there are, in the memory of one page. */
export async function* readExamples(
  { database }: Pick<Resources, 'database'>,
  { intent, processed, includeHeldOut, needsPrompt }: ExportFilter,
): AsyncGenerator<(ExportedExample & { isHeldOut: boolean })[]> {
  const prompt = needsPrompt ? Prisma.sql`d."prompt"` : Prisma.sql`NULL`
  for (let after = ''; ; ) {
    const rows = await database.$queryRaw<(ExportedExample & { isHeldOut: boolean })[]>`
      SELECT e."id", e."conversationId", e."intent", e."question", e."originalResponse", e."correction", e."rating"::text AS "rating", e."isSentAsDrafted",
        e."context", ${prompt} AS "prompt", f."notes", c."name" AS "customerName", e."heldOut" OR e."isMustPass" AS "isHeldOut"
      FROM "TrainingExample" e JOIN "Draft" d ON d."id" = e."draftId" JOIN "Conversation" v ON v."id" = e."conversationId"
        JOIN "Customer" c ON c."id" = v."customerId" LEFT JOIN "Feedback" f ON f."id" = e."feedbackId"
      WHERE e."state" = 'APPROVED' AND e."id" > ${after}
        AND (${intent}::text IS NULL OR e."intent" = ${intent}) AND (${processed}::boolean IS NULL OR e."processed" = ${processed})
        AND (${includeHeldOut} OR NOT (e."heldOut" OR e."isMustPass"))
      ORDER BY e."id" LIMIT ${pageSize}`
    if (rows.length > 0) yield rows
    if (rows.length < pageSize) return
    after = rows.at(-1)!.id
  }
}
