import { Tokenizer } from '@huggingface/tokenizers'
import { countByWords, readsWordByWord, type TokenizerDescription } from './count-by-words.ts'
import { EmbedderUnavailableError } from './embedder.ts'
import { type ModelFiles, modelByName, modelInFolder, readModelJson } from './model-files.ts'
import { minilm, shippedModelsDir } from './shipped-minilm.ts'

export type CountTokens = (text: string) => number

/**
 * Counts the word pieces that an embedding model would see, its special ones included, and without its cut. It needs the vocabulary only, so
 * articles are cut into the same chunks when EMBEDDER=none. A model whose vocabulary is not here, as of a server, is counted as MiniLM does.
 */
export function createTokenCounter(modelsDir: string, model?: string): CountTokens {
  const files = modelByName(modelsDir, model ?? `${minilm.name}:q8`) ?? modelInFolder(shippedModelsDir, minilm.name)
  let count: CountTokens | undefined
  return (text) => {
    try {
      count ??= counterOf(files)
      return count(text)
    } catch (cause) {
      // Files that are damaged are read again the next time: somebody may have restored them.
      count = undefined
      throw new EmbedderUnavailableError((cause as Error).message, { cause })
    }
  }
}

/** The word pieces of the shipped model: its whole words are common English. */
export function readVocabulary(): string[] {
  const { model } = readModelJson(modelInFolder(shippedModelsDir, minilm.name), 'tokenizer.json') as { model: { vocab: Record<string, number> } }
  return Object.keys(model.vocab)
}

function counterOf(files: ModelFiles): CountTokens {
  const description = readModelJson(files, 'tokenizer.json') as TokenizerDescription
  const tokenizer = new Tokenizer(description, readModelJson(files, 'tokenizer_config.json'))
  const encode = (text: string) => tokenizer.encode(text).ids.length
  // Also tries it: a damaged tokenizer is often read without complaint, and throws at the first text.
  const around = encode('')
  return readsWordByWord(description) ? countByWords(description, { encode, around }) : encode
}
