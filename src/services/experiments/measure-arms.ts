import { type Experiment, type ExperimentVariant, Prisma } from '../../generated/prisma/client.ts'
import type { Database, Transaction } from '../../stores/database.ts'
import type { Arms } from './analyse.ts'
import { measureDrafts, noFigures } from './measure-drafts.ts'

export type WithVariants = Experiment & { variants: ExperimentVariant[] }
export const withVariants = { variants: { orderBy: { position: 'asc' } } } as const

/** The figures of both variants: of drafts that were shown while it ran, or as they were when it was stopped. */
export async function measureArms(database: Database | Transaction, experiment: WithVariants): Promise<Arms> {
  if (experiment.figures) return experiment.figures as unknown as Arms
  const ids = experiment.variants.map(({ id }) => id)
  const shown = Prisma.sql`SELECT d."variantId" AS arm, e."draftId", e."at" FROM "Exposure" e JOIN "Draft" d ON d."id" = e."draftId" WHERE d."variantId" = ANY(${ids}::text[])`
  const figures = experiment.status === 'DRAFT' ? new Map() : await measureDrafts(database, shown)
  return experiment.variants.map(({ id, name, weight }) => ({ name, weight, ...(figures.get(id) ?? noFigures) })) as unknown as Arms
}
