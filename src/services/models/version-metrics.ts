export interface VersionMetrics {
  editRatio: number | null
  semanticSimilarity: number | null
  bleu: number | null
  support: number | null
}

/** As an evaluation stored them on its version; null where there was none. */
export function metricsOf(stored: unknown): VersionMetrics | null {
  if (stored === null || typeof stored !== 'object') return null
  const { editRatio = null, semanticSimilarity = null, bleu = null, support = null } = stored as Partial<VersionMetrics>
  return { editRatio, semanticSimilarity, bleu, support }
}
