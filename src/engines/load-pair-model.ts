import { AutoModelForSequenceClassification, type PreTrainedTokenizer, Tensor } from '@xenova/transformers'
import { loadTokenizer } from './load-tokenizer.ts'
import { type ModelFiles, readModelJson, verifyModelFiles } from './model-files.ts'
import type { LoadedModel } from './model-worker.ts'
import { sessionOptions } from './session-options.ts'
import { wordPieceWindow } from './word-piece-window.ts'

/** A model that reads two texts at once and gives the logits of its labels: of a reranker, one. */
export async function loadPairModel(files: ModelFiles): Promise<LoadedModel> {
  await verifyModelFiles(files)
  const max_length = wordPieceWindow(files.folder, readModelJson(files, 'config.json'))
  const tokenizer = await loadTokenizer(files)
  const model = await AutoModelForSequenceClassification.from_pretrained(files.folder, { dtype: files.dtype, session_options: sessionOptions })
  return {
    async run(inputs) {
      const texts = inputs.map(({ text }) => shorten(tokenizer, text, max_length / 2))
      const text_pair = inputs.map(({ pair = '' }) => pair)
      const tokens = tokenizer(texts, { text_pair, padding: true, truncation: true, max_length }) as Record<string, Tensor>
      endRows(tokens, tokenizer.sep_token_id)
      const outputs = (await model(tokens)) as Record<string, Tensor | undefined>
      try {
        const logits = outputs.logits
        if (!logits) throw new Error('it gives no logits, so it is no cross-encoder')
        const rows = Float32Array.from(logits.data as Float32Array)
        if (!rows.every(Number.isFinite)) throw new Error('its logits are no numbers')
        return rows
      } finally {
        for (const output of Object.values(outputs)) if (output instanceof Tensor) output.dispose()
      }
    },
    dispose: () => model.dispose(),
  }
}

/** The cut to the window takes the mark at the end along, and no model has learned from texts without it. */
function endRows({ input_ids, attention_mask }: Record<string, Tensor>, mark: number | undefined): void {
  if (mark === undefined) return
  const [count, length] = input_ids!.dims as [number, number]
  for (let end = length - 1; end < count * length; end += length) if (attention_mask!.data[end] === 1n) input_ids!.data[end] = BigInt(mark)
}

/** The cut to the window is at the end of both texts: a first text of a whole window would leave nothing of the second. */
function shorten(tokenizer: PreTrainedTokenizer, text: string, maximum: number): string {
  let shortened = text
  for (let count = tokenizer.encode(shortened).length; count > maximum; count = tokenizer.encode(shortened).length)
    shortened = shortened.slice(0, Math.floor((shortened.length * maximum) / (count + 2))).toWellFormed()
  return shortened
}
