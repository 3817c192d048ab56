import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { minilm } from './shipped-minilm.ts'

/** A model in a folder below MODELS_DIR, laid out as transformers.js reads it. */
export interface ModelFiles {
  modelsDir: string
  /** Its folder, such as `Xenova/all-MiniLM-L6-v2`. */
  folder: string
  dtype: Dtype
}
type Dtype = keyof typeof onnxFiles

const onnxFiles = { q8: 'onnx/model_quantized.onnx', fp32: 'onnx/model.onnx' } as const

/** Names the model and its weights, and so the vector space: `Xenova/all-MiniLM-L6-v2:q8`. */
export const nameOf = ({ folder, dtype }: ModelFiles) => `${folder}:${dtype}`

export const modelFile = ({ modelsDir, folder }: Pick<ModelFiles, 'modelsDir' | 'folder'>, name: string) => join(modelsDir, folder, name)

/** One to four names, none of which leads out of MODELS_DIR. */
export const isModelFolder = (folder: string) => /^[\w-][\w.-]{0,99}(\/[\w-][\w.-]{0,99}){0,3}$/.test(folder)

/** The weights that lie in the folder, quantised ones first. Of a folder without any it says q8, and loading it says what is missing. */
export function modelInFolder(modelsDir: string, folder: string): ModelFiles {
  const hasOnlyFp32 = !existsSync(modelFile({ modelsDir, folder }, onnxFiles.q8)) && existsSync(modelFile({ modelsDir, folder }, onnxFiles.fp32))
  return { modelsDir, folder, dtype: hasOnlyFp32 ? 'fp32' : 'q8' }
}

/** The files of a name that `nameOf` made; null when it is none, or when they are not here. */
export function modelByName(modelsDir: string, name: string): ModelFiles | null {
  const [, folder = '', dtype] = /^(.+):(q8|fp32)$/.exec(name) ?? []
  if (!isModelFolder(folder)) return null
  const files: ModelFiles = { modelsDir, folder, dtype: dtype as Dtype }
  return neededFiles(files).every((file) => existsSync(modelFile(files, file))) ? files : null
}

/** Rejects with the first file that is missing or, of the shipped model, not the one that was shipped, and with what to do about it. */
export async function verifyModelFiles(files: ModelFiles): Promise<void> {
  for (const name of neededFiles(files)) {
    const path = modelFile(files, name)
    const hash = createHash('sha256')
    try {
      if (isShipped(files)) await pipeline(createReadStream(path), hash)
      else if (statSync(path).size === 0) throw new Error('it is empty')
    } catch (cause) {
      throw new Error(whyUnreadable(files, name, cause), { cause })
    }
    if (isShipped(files)) compareWithShipped(files, name, hash.digest('hex'))
  }
}

/** The parsed JSON file, checked as `verifyModelFiles` does. */
export function readModelJson(files: ModelFiles, name: 'config.json' | 'tokenizer.json' | 'tokenizer_config.json'): Record<string, unknown> {
  let bytes: Buffer
  try {
    bytes = readFileSync(modelFile(files, name))
  } catch (cause) {
    throw new Error(whyUnreadable(files, name, cause), { cause })
  }
  if (isShipped(files)) compareWithShipped(files, name, createHash('sha256').update(bytes).digest('hex'))
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch (cause) {
    throw new Error(`The model file ${modelFile(files, name)} is damaged: it is no JSON. ${remedyFor(files)}`, { cause })
  }
}

/** Changes when somebody touches, replaces or restores one of the files. */
export function modelFingerprint(files: ModelFiles): string {
  return neededFiles(files)
    .map((name) => statSync(modelFile(files, name), { throwIfNoEntry: false }))
    .map((file) => (file ? `${file.size}:${file.mtimeMs}:${file.ino}` : 'missing'))
    .join(' ')
}

const isShipped = ({ folder, dtype }: ModelFiles) => folder === minilm.name && dtype === 'q8'

function neededFiles(files: ModelFiles): string[] {
  return isShipped(files) ? Object.keys(minilm.sha256Of) : [onnxFiles[files.dtype], 'tokenizer.json', 'tokenizer_config.json', 'config.json']
}

function compareWithShipped(files: ModelFiles, name: string, sha256: string): void {
  if (sha256 !== minilm.sha256Of[name])
    throw new Error(`The model file ${modelFile(files, name)} is damaged: its sha256 is not the shipped one. ${remedyFor(files)}`)
}

function whyUnreadable(files: ModelFiles, name: string, cause: unknown): string {
  const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT'
  return `The model file ${modelFile(files, name)} ${isMissing ? 'is missing' : `cannot be read (${(cause as Error).message})`}. ${remedyFor(files)}`
}

export function remedyFor(files: ModelFiles): string {
  return isShipped(files)
    ? 'Restore it from the repository: `git checkout models`. It is tried again by itself.'
    : 'Put it there again from where the model came from. It is tried again by itself.'
}
