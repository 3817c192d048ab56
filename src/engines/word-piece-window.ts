import { minilm } from './shipped-minilm.ts'

const longestWindow = 512

/** How many word pieces a model reads; attention costs their square, so no model gets more than 512. */
export function wordPieceWindow(folder: string, config: Record<string, unknown>): number {
  if (folder === minilm.name) return minilm.maximumWordPieces
  const positions = config.max_position_embeddings
  return typeof positions === 'number' && positions > 8 ? Math.min(positions, longestWindow) : longestWindow
}
