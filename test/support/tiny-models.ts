import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeOnnx, type OnnxGraph } from './tiny-onnx.ts'

// Real models, small enough to be written by a test: they know the words of the sample help centre, each by a random direction of its own.

const special = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]']
/** In every text, so that they say nothing about any. */
const empty = new Set(
  'a an and are as at be by can do does for from how i if in is it my not of on or our that the this to we what when with you your'.split(' '),
)

/**
 * A model whose vectors are near when texts share words, stored as `NAME:fp32`. Its words are those of the help centre; `words` adds others, all
 * the rest is unknown to it.
 */
export function writeTinyEmbedder(modelsDir: string, name: string, { dimensions, words = [] }: { dimensions: number; words?: string[] }): void {
  const vocabulary = vocabularyOf(words)
  const table = directions(vocabulary, dimensions)
  // A text of unknown words only still has a direction.
  table.fill(0.05, special.indexOf('[CLS]') * dimensions, (special.indexOf('[CLS]') + 1) * dimensions)
  writeModel(modelsDir, name, {
    vocabulary,
    config: { architectures: ['BertModel'], hidden_size: dimensions },
    graph: {
      inputs: ['input_ids', 'attention_mask', 'token_type_ids'],
      output: { name: 'last_hidden_state', shape: ['batch', 'sequence', dimensions] },
      constants: { table: { shape: [vocabulary.length, dimensions], values: table } },
      nodes: [{ type: 'Gather', inputs: ['table', 'input_ids'], output: 'last_hidden_state' }],
    },
  })
}

/** A cross-encoder that counts the words which a passage shares with the query, each as often as it stands in either. */
export function writeTinyReranker(modelsDir: string, name: string, { words = [] }: { words?: string[] } = {}): void {
  const vocabulary = vocabularyOf(words)
  const dimensions = 256
  const sumOfWords = (mask: string, output: string) => [
    { type: 'Unsqueeze', inputs: [mask, 'last'], output: `${output}_column` },
    { type: 'Mul', inputs: ['words', `${output}_column`], output: `${output}_words` },
    { type: 'ReduceSum', inputs: [`${output}_words`, 'second'], output, attributes: { keepdims: 0 } },
  ]
  writeModel(modelsDir, name, {
    vocabulary,
    config: { architectures: ['BertForSequenceClassification'], hidden_size: dimensions, id2label: { 0: 'LABEL_0' } },
    graph: {
      inputs: ['input_ids', 'attention_mask', 'token_type_ids'],
      output: { name: 'logits', shape: ['batch', 1] },
      constants: {
        table: { shape: [vocabulary.length, dimensions], values: directions(vocabulary, dimensions) },
        second: { shape: [1], values: BigInt64Array.of(1n) },
        last: { shape: [1], values: BigInt64Array.of(-1n) },
        one: { shape: [1], values: Float32Array.of(1) },
        scale: { shape: [1], values: Float32Array.of(0.8) },
        bias: { shape: [1], values: Float32Array.of(-2) },
      },
      nodes: [
        { type: 'Gather', inputs: ['table', 'input_ids'], output: 'words' },
        { type: 'Cast', inputs: ['attention_mask'], output: 'mask', attributes: { to: 1 } },
        { type: 'Cast', inputs: ['token_type_ids'], output: 'types', attributes: { to: 1 } },
        { type: 'Mul', inputs: ['types', 'mask'], output: 'passage_mask' },
        { type: 'Sub', inputs: ['one', 'types'], output: 'first_mask' },
        { type: 'Mul', inputs: ['first_mask', 'mask'], output: 'query_mask' },
        ...sumOfWords('query_mask', 'query'),
        ...sumOfWords('passage_mask', 'passage'),
        { type: 'Mul', inputs: ['query', 'passage'], output: 'shared' },
        { type: 'ReduceSum', inputs: ['shared', 'second'], output: 'overlap', attributes: { keepdims: 1 } },
        { type: 'Mul', inputs: ['overlap', 'scale'], output: 'scaled' },
        { type: 'Add', inputs: ['scaled', 'bias'], output: 'logits' },
      ],
    },
  })
}

function writeModel(
  modelsDir: string,
  name: string,
  { vocabulary, config, graph }: { vocabulary: string[]; config: Record<string, unknown>; graph: OnnxGraph },
): void {
  const folder = join(modelsDir, name)
  mkdirSync(join(folder, 'onnx'), { recursive: true })
  writeFileSync(join(folder, 'onnx/model.onnx'), encodeOnnx(graph))
  const json = (file: string, value: object) => writeFileSync(join(folder, file), JSON.stringify(value))
  json('config.json', { model_type: 'bert', max_position_embeddings: 128, vocab_size: vocabulary.length, ...config })
  json('tokenizer_config.json', { tokenizer_class: 'BertTokenizer', model_max_length: 128, do_lower_case: true, ...tokensOfBert })
  json('tokenizer.json', tokenizerOf(vocabulary))
}

const tokensOfBert = { pad_token: '[PAD]', unk_token: '[UNK]', cls_token: '[CLS]', sep_token: '[SEP]', mask_token: '[MASK]' }

function tokenizerOf(vocabulary: string[]): object {
  const token = (id: string, type_id: number) => ({ SpecialToken: { id, type_id } })
  const sequence = (id: string, type_id: number) => ({ Sequence: { id, type_id } })
  const single = [token('[CLS]', 0), sequence('A', 0), token('[SEP]', 0)]
  return {
    version: '1.0',
    added_tokens: special.map((content, id) => ({ id, content, special: true, normalized: false, single_word: false, lstrip: false, rstrip: false })),
    normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single,
      pair: [...single, sequence('B', 1), token('[SEP]', 1)],
      special_tokens: Object.fromEntries(['[CLS]', '[SEP]'].map((id) => [id, { id, ids: [special.indexOf(id)], tokens: [id] }])),
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(vocabulary.map((word, id) => [word, id])),
    },
  }
}

function vocabularyOf(words: string[]): string[] {
  const folder = join(import.meta.dirname, '../../data/help-center')
  const known = readdirSync(folder)
    .sort()
    .flatMap(
      (file) =>
        readFileSync(join(folder, file), 'utf8')
          .toLowerCase()
          .match(/[a-z]+/g) ?? [],
    )
  return [...special, ...new Set([...known, ...words.map((word) => word.toLowerCase())])]
}

/** A random direction of length 1 for each word, the same in every run; none for words that say nothing. */
function directions(vocabulary: string[], dimensions: number): Float32Array {
  const table = new Float32Array(vocabulary.length * dimensions)
  let state = 1
  for (const [row, word] of vocabulary.entries()) {
    if (row < special.length || empty.has(word)) continue
    for (let i = 0; i < dimensions; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      table[row * dimensions + i] = (state & 0x10000 ? 1 : -1) / Math.sqrt(dimensions)
    }
  }
  return table
}
