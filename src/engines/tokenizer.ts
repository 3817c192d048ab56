import { Tokenizer } from '@huggingface/tokenizers'
import { LRUCache } from 'lru-cache'
import { EmbedderUnavailableError } from './embedder.ts'
import { type ModelFiles, modelByName, modelInFolder, readModelJson } from './model-files.ts'
import { minilm, shippedModelsDir } from './shipped-minilm.ts'

export type CountTokens = (text: string) => number

/**
 * Counts the word pieces that an embedding model would see, its special ones included, and without its cut. It needs the vocabulary only, so
 * articles are cut into the same chunks when EMBEDDER=none. A model whose vocabulary is not here, as of a server, is counted as MiniLM does.
 */
export function createTokenCounter(modelsDir: string, model?: string): CountTokens {
  const files =
    model === undefined ? modelInFolder(modelsDir, minilm.name) : (modelByName(modelsDir, model) ?? modelInFolder(shippedModelsDir, minilm.name))
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

function counterOf(files: ModelFiles): CountTokens {
  const description = readModelJson(files, 'tokenizer.json') as TokenizerDescription
  const tokenizer = new Tokenizer(description, readModelJson(files, 'tokenizer_config.json'))
  const encode = (text: string) => tokenizer.encode(text).ids.length
  return readsWordByWord(description)
    ? byWords(
        encode,
        (description.added_tokens ?? []).map(({ content }) => content),
      )
    : encode
}

interface TokenizerDescription {
  normalizer?: { type?: string } | null
  pre_tokenizer?: { type?: string } | null
  model?: { type?: string } | null
  added_tokens?: { content: string }[]
}

/** As BERT does: its words end at white space and at punctuation, and no word depends on the one before it. */
function readsWordByWord({ normalizer, pre_tokenizer, model }: TokenizerDescription): boolean {
  return normalizer?.type === 'BertNormalizer' && pre_tokenizer?.type === 'BertPreTokenizer' && model?.type === 'WordPiece'
}

/** Lower-cased by what stands around it, beyond punctuation: a word with it is counted whole. */
const sigma = 'Σ'
const longestRemembered = 64

/**
 * The same number as `encode`, word by word, since most words of an article come again. Only at white space that every normaliser keeps as such,
 * and at ASCII punctuation, which is always a word of its own.
 */
function byWords(encode: CountTokens, special: string[]): CountTokens {
  const around = encode('')
  const wholeOnly = [sigma, ...special]
  const remembered = new LRUCache<string, number>({ max: 50_000 })
  const countWord = (word: string): number => {
    const known = remembered.get(word)
    if (known !== undefined) return known
    const pieces = encode(word) - around
    if (word.length <= longestRemembered) remembered.set(word, pieces)
    return pieces
  }
  return (text) => {
    let pieces = around
    const isPlain = !wholeOnly.some((word) => text.includes(word))
    for (const [run] of text.matchAll(/[^ \t\n\r]+/g)) {
      if (!isPlain && wholeOnly.some((word) => run.includes(word))) pieces += countWord(run)
      else for (const [word] of run.matchAll(/[!-/:-@[-`{-~]|[^!-/:-@[-`{-~]+/g)) pieces += countWord(word)
    }
    return pieces
  }
}
