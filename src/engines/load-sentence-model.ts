import { AutoModel, Tensor } from '@xenova/transformers'
import { loadTokenizer } from './load-tokenizer.ts'
import { type ModelFiles, readModelJson, remedyFor, verifyModelFiles } from './model-files.ts'
import type { LoadedModel } from './model-worker.ts'
import { sessionOptions } from './session-options.ts'
import { wordPieceWindow } from './word-piece-window.ts'

/** A model that gives each token of a text a state; their mean, of length 1, is the text's vector. */
export async function loadSentenceModel(files: ModelFiles): Promise<LoadedModel> {
  await verifyModelFiles(files)
  const config = readModelJson(files, 'config.json')
  const max_length = wordPieceWindow(files.folder, config)
  const tokenizer = await loadTokenizer(files)
  const model = await AutoModel.from_pretrained(files.folder, { dtype: files.dtype, session_options: sessionOptions })
  return {
    async run(inputs) {
      const texts = inputs.map(({ text }) => text)
      const tokens = tokenizer(texts, { padding: true, truncation: true, max_length }) as Record<string, Tensor>
      const outputs = (await model(tokens)) as Record<string, Tensor | undefined>
      try {
        const states = outputs.last_hidden_state ?? outputs.token_embeddings
        if (!states) throw new Error('it gives no last_hidden_state, so it is no sentence model')
        const dimensions = states.dims.at(-1)!
        if (dimensions !== config.hidden_size)
          throw new Error(`its vectors have ${dimensions} dimensions, and its config.json says ${config.hidden_size}. ${remedyFor(files)}`)
        return meanOfTokens(states.data as Float32Array, tokens.attention_mask!.data as BigInt64Array, { count: texts.length, dimensions })
      } finally {
        // Outputs live in native memory that the garbage collector does not see: without this it grows by tens of MB a second.
        for (const output of Object.values(outputs)) if (output instanceof Tensor) output.dispose()
      }
    },
    dispose: () => model.dispose(),
  }
}

/** Mean pooling and L2 normalisation, one row of `dimensions` a text. */
function meanOfTokens(states: Float32Array, mask: BigInt64Array, { count, dimensions }: { count: number; dimensions: number }): Float32Array {
  const length = mask.length / count
  const vectors = new Float32Array(count * dimensions)
  for (let row = 0; row < count; row++) {
    const vector = vectors.subarray(row * dimensions, (row + 1) * dimensions)
    for (let token = 0; token < length; token++) {
      if (mask[row * length + token] === 0n) continue
      const offset = (row * length + token) * dimensions
      for (let i = 0; i < dimensions; i++) vector[i]! += states[offset + i]!
    }
    let sumOfSquares = 0
    for (const value of vector) sumOfSquares += value * value
    if (!Number.isFinite(sumOfSquares)) throw new Error('its vectors are no numbers')
    const norm = Math.sqrt(sumOfSquares) || 1
    for (let i = 0; i < dimensions; i++) vector[i]! /= norm
  }
  return vectors
}
