import { createHash } from 'node:crypto'

/**
 * The place of a conversation in an experiment, from 0 up to 1: the first six bytes of SHA-256(experimentId + ":" + conversationId), as one
 * unsigned number, most significant byte first, by 2^48. So many bits a double holds exactly, in every language. The ids are those of the rows, in lower case.
 */
export function placeOf(experimentId: string, conversationId: string): number {
  return createHash('sha256').update(`${experimentId}:${conversationId}`).digest().readUIntBE(0, 6) / 2 ** 48
}

/** The same variant for a conversation whenever and wherever it is asked for: the first one whose weights, added up, reach beyond its place. */
export function assignVariant<Variant extends { weight: number }>(
  variants: Variant[],
  ids: { experimentId: string; conversationId: string },
): Variant {
  const total = variants.reduce((sum, { weight }) => sum + weight, 0)
  const place = placeOf(ids.experimentId, ids.conversationId)
  let reached = 0
  for (const variant of variants) {
    reached += variant.weight / total
    if (place < reached) return variant
  }
  // The shares may add up to a hair less than one.
  return variants.at(-1)!
}
