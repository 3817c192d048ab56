import type { Prisma } from '../../generated/prisma/client.ts'

/** Approved examples with a reply that a model may learn: what an agent wrote, or a helpful draft that was sent as it was. None that is held out. */
export const learnableReplies: Prisma.TrainingExampleWhereInput = {
  state: 'APPROVED',
  heldOut: false,
  isMustPass: false,
  OR: [{ correction: { not: null } }, { rating: 'HELPFUL', isSentAsDrafted: true }],
}
