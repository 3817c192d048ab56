import { readFileSync } from 'node:fs'
import { Tokenizer } from '@huggingface/tokenizers'
import { modelFile } from './minilm-model.ts'

/**
 * Counts the word pieces that the embedder would see, its two special ones included, and without its cut. It needs the vocabulary only, so
 * articles are cut into the same chunks when EMBEDDER=none.
 */
export function createTokenCounter(modelsDir: string): (text: string) => number {
  let tokenizer: Tokenizer | undefined
  return (text) => {
    tokenizer ??= new Tokenizer(readJson(modelFile(modelsDir, 'tokenizer.json')), readJson(modelFile(modelsDir, 'tokenizer_config.json')))
    return tokenizer.encode(text).ids.length
  }
}

function readJson(path: string): object {
  return JSON.parse(readFileSync(path, 'utf8'))
}
