import type { Embedder } from '../../src/engines/embedder.ts'
import { LocalEmbedder } from '../../src/engines/local-embedder.ts'
import { shippedModelsDir } from '../../src/engines/shipped-minilm.ts'

const embedder = new LocalEmbedder({ modelsDir: shippedModelsDir })

/** The model that ships, for all servers of this process: each of their own would load it again, which takes longer than most tests. */
export const keptEmbedder: Embedder = {
  model: embedder.model,
  dimensions: embedder.dimensions,
  embed: (texts, options) => embedder.embed(texts, options),
  state: () => embedder.state(),
  close: async () => {},
}
