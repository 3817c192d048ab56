import { parentPort } from 'node:worker_threads'
import { env } from '@xenova/transformers'
import { loadPairModel } from './load-pair-model.ts'
import { loadSentenceModel } from './load-sentence-model.ts'
import { type ModelFiles, nameOf } from './model-files.ts'
import type { ModelInput } from './work-queue.ts'

/** `sentence`: a text to its vector. `pair`: two texts to the logits of how they belong together. */
export interface LocalModelSpec extends ModelFiles {
  kind: 'sentence' | 'pair'
}

export interface LoadedModel {
  /** A row of numbers for each input, one after another. */
  run(inputs: ModelInput[]): Promise<Float32Array>
  dispose(): Promise<unknown>
}

export type ToWorker = { type: 'run'; model: LocalModelSpec; inputs: ModelInput[] } | { type: 'close' }
/** Each `run` has one answer. `broken`: the model could not be loaded; `failed`: it was, and stumbled over these inputs. */
export type FromWorker = { type: 'rows'; rows: Float32Array; ms: number } | { type: 'broken' | 'failed'; reason: string }

const port = parentPort!
const send = (message: FromWorker, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer)

env.allowRemoteModels = false
env.useFSCache = false

const loaded = new Map<string, LoadedModel>()
const keyOf = (model: LocalModelSpec) => `${model.modelsDir} ${nameOf(model)} ${model.kind}`

let last = Promise.resolve()
port.on('message', (message: ToWorker) => {
  last = last.then(() => (message.type === 'run' ? answer(message) : close()))
})

async function answer({ model, inputs }: Extract<ToWorker, { type: 'run' }>): Promise<void> {
  const key = keyOf(model)
  try {
    if (!loaded.has(key)) loaded.set(key, await load(model))
  } catch (error) {
    return send({ type: 'broken', reason: (error as Error).message })
  }
  try {
    const startedAt = performance.now()
    const rows = await loaded.get(key)!.run(inputs)
    send({ type: 'rows', rows, ms: performance.now() - startedAt }, [rows.buffer as ArrayBuffer])
  } catch (error) {
    // Perhaps one of its files is damaged in a way that only shows now: the next run reads them again.
    await loaded.get(key)!.dispose()
    loaded.delete(key)
    send({ type: 'failed', reason: (error as Error).message })
  }
}

async function load(model: LocalModelSpec): Promise<LoadedModel> {
  env.localModelPath = model.modelsDir
  return model.kind === 'sentence' ? loadSentenceModel(model) : loadPairModel(model)
}

async function close(): Promise<void> {
  for (const model of loaded.values()) await model.dispose()
  port.close()
}
