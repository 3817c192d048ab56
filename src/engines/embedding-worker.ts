import { parentPort, workerData } from 'node:worker_threads'
import { AutoModel, AutoTokenizer, env, type PreTrainedModel, type PreTrainedTokenizer, type Tensor } from '@xenova/transformers'
import { dimensions, maximumWordPieces, modelName, verifyModelFiles } from './minilm-model.ts'

export interface WorkerInput {
  modelsDir: string
}
export type ToWorker = { type: 'embed'; texts: string[] } | { type: 'close' }
export type FromWorker =
  | { type: 'ready' }
  | { type: 'broken'; reason: string }
  | { type: 'vectors'; vectors: Float32Array }
  | { type: 'failed'; reason: string }

const port = parentPort!
const send = (message: FromWorker, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer)

const { modelsDir } = workerData as WorkerInput
try {
  const { model, tokenizer } = await load()
  // Messages that came while the model was loading wait in the port until it has a listener.
  let last = Promise.resolve()
  port.on('message', (message: ToWorker) => {
    last = last.then(() => (message.type === 'embed' ? answer(model, tokenizer, message.texts) : close(model)))
  })
  send({ type: 'ready' })
} catch (error) {
  send({ type: 'broken', reason: (error as Error).message })
}

async function load(): Promise<{ model: PreTrainedModel; tokenizer: PreTrainedTokenizer }> {
  await verifyModelFiles(modelsDir)
  env.allowRemoteModels = false
  env.useFSCache = false
  env.localModelPath = modelsDir
  const tokenizer = await AutoTokenizer.from_pretrained(modelName)
  const model = await AutoModel.from_pretrained(modelName, { dtype: 'q8' })
  return { model, tokenizer }
}

async function answer(model: PreTrainedModel, tokenizer: PreTrainedTokenizer, texts: string[]): Promise<void> {
  try {
    const vectors = await embed(model, tokenizer, texts)
    send({ type: 'vectors', vectors }, [vectors.buffer as ArrayBuffer])
  } catch (error) {
    send({ type: 'failed', reason: (error as Error).message })
  }
}

async function embed(model: PreTrainedModel, tokenizer: PreTrainedTokenizer, texts: string[]): Promise<Float32Array> {
  const inputs = tokenizer(texts, { padding: true, truncation: true, max_length: maximumWordPieces }) as Record<string, Tensor>
  const outputs = (await model(inputs)) as Record<string, Tensor>
  try {
    return meanOfTokens(outputs.last_hidden_state!.data as Float32Array, inputs.attention_mask!.data as BigInt64Array, texts.length)
  } finally {
    // Outputs live in native memory that the garbage collector does not see: without this it grows by tens of MB a second.
    for (const tensor of Object.values(outputs)) tensor.dispose()
  }
}

/** Mean pooling and L2 normalisation, one row of `dimensions` a text. */
function meanOfTokens(states: Float32Array, mask: BigInt64Array, count: number): Float32Array {
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
    const norm = Math.sqrt(sumOfSquares) || 1
    for (let i = 0; i < dimensions; i++) vector[i]! /= norm
  }
  return vectors
}

async function close(model: PreTrainedModel): Promise<void> {
  await model.dispose()
  port.close()
}
