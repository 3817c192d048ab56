import { createHash } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { EmbedderUnavailableError } from './embedder.ts'

export const modelName = 'Xenova/all-MiniLM-L6-v2'
export const dimensions = 384
/** What the model was trained with; its tokenizer files say 128 and 512. */
export const maximumWordPieces = 256

const sha256Of = {
  'onnx/model_quantized.onnx': '8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6',
  'tokenizer.json': 'be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037',
  'tokenizer_config.json': 'acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b',
  'config.json': '953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41',
  'special_tokens_map.json': '303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3',
}

export function modelFile(modelsDir: string, name: keyof typeof sha256Of): string {
  return join(modelsDir, modelName, name)
}

/** Rejects with the first file that is missing or not the one that was shipped, and with what to do about it. */
export async function verifyModelFiles(modelsDir: string): Promise<void> {
  for (const [name, expected] of Object.entries(sha256Of)) {
    const path = modelFile(modelsDir, name as keyof typeof sha256Of)
    const hash = createHash('sha256')
    try {
      await pipeline(createReadStream(path), hash)
    } catch (cause) {
      const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT'
      throw new EmbedderUnavailableError(
        `The model file ${path} ${isMissing ? 'is missing' : `cannot be read (${(cause as Error).message})`}. ${remedy}`,
        { cause },
      )
    }
    if (hash.digest('hex') !== expected)
      throw new EmbedderUnavailableError(`The model file ${path} is damaged: its sha256 is not the shipped one. ${remedy}`)
  }
}

const remedy = 'Restore it from the repository: `git checkout models`. It is tried again by itself.'

/** Changes when somebody touches, replaces or restores one of the files. */
export function modelFingerprint(modelsDir: string): string {
  return Object.keys(sha256Of)
    .map((name) => statSync(modelFile(modelsDir, name as keyof typeof sha256Of), { throwIfNoEntry: false }))
    .map((file) => (file ? `${file.size}:${file.mtimeMs}:${file.ino}` : 'missing'))
    .join(' ')
}
