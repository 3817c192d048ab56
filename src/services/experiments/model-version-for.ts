import type { ModelVersion } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { activeModelVersion } from '../models/active-model-version.ts'
import { assignVariant } from './assign-variant.ts'

export interface Writer {
  modelVersion: ModelVersion
  /** The arm of the running experiment; null without one. */
  variantId: string | null
}

/** What the drafts of a conversation are written with: its variant of the running experiment, else the active version. */
export async function modelVersionFor({ database }: Pick<Resources, 'database'>, { conversationId }: { conversationId: string }): Promise<Writer> {
  const [experiment, active] = await Promise.all([
    database.experiment.findFirst({
      where: { status: 'RUNNING' },
      include: { variants: { orderBy: { position: 'asc' }, include: { modelVersion: true } } },
    }),
    activeModelVersion({ database }),
  ])
  if (!experiment || experiment.variants.length === 0) return { modelVersion: active, variantId: null }
  const { id, modelVersion } = assignVariant(experiment.variants, { experimentId: experiment.id, conversationId })
  return { modelVersion, variantId: id }
}
