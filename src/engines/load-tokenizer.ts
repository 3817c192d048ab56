import { AutoTokenizer, type PreTrainedTokenizer } from '@xenova/transformers'
import { type ModelFiles, modelFile, readModelJson, remedyFor } from './model-files.ts'

/** Tries it once: a tokenizer of the wrong shape is often read without complaint, and throws at the first text. */
export async function loadTokenizer(files: ModelFiles): Promise<PreTrainedTokenizer> {
  readModelJson(files, 'tokenizer.json')
  readModelJson(files, 'tokenizer_config.json')
  try {
    const tokenizer = await AutoTokenizer.from_pretrained(files.folder)
    tokenizer.encode('Hello, world')
    return tokenizer
  } catch (cause) {
    throw new Error(`The model file ${modelFile(files, 'tokenizer.json')} is damaged (${(cause as Error).message}). ${remedyFor(files)}`, { cause })
  }
}
