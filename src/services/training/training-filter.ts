import type { Prisma, TrainingExampleState, TrainingLesson } from '../../generated/prisma/client.ts'

export interface TrainingExampleFilter {
  state?: TrainingExampleState[] | null
  processed?: boolean | null
  intent?: string | null
  heldOut?: boolean | null
  lesson?: TrainingLesson[] | null
  agentId?: string | null
}

export function trainingFilter({ state, processed, intent, heldOut, lesson, agentId }: TrainingExampleFilter): Prisma.TrainingExampleWhereInput {
  return {
    ...(state && { state: { in: state } }),
    ...(processed != null && { processed }),
    ...(intent != null && { intent }),
    ...(heldOut != null && { heldOut }),
    ...(lesson && { lesson: { in: lesson } }),
    ...(agentId != null && { agentId }),
  }
}
