import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../../config.ts'
import { ModelBuildError } from '../models/model-build-error.ts'

export interface BaseModel {
  path: string
  isGguf: boolean
}

const mostNamed = 10

/** The file or folder of that name in BASE_MODELS_DIR; the extension .gguf may be left out. */
export async function findBase({ BASE_MODELS_DIR: folder }: Pick<Config, 'BASE_MODELS_DIR'>, name: string): Promise<BaseModel> {
  const names = await readdir(folder).catch(() => [] as string[])
  const found = [name, `${name}.gguf`].find((candidate) => names.includes(candidate))
  const path = found && join(folder, found)
  const info = path ? await stat(path).catch(() => null) : null
  if (path && info?.isDirectory()) return { path, isGguf: false }
  if (path && info?.isFile() && path.endsWith('.gguf')) return { path, isGguf: true }
  const there =
    names.length === 0 ? 'It has none.' : `It has ${names.sort().slice(0, mostNamed).join(', ')}${names.length > mostNamed ? ' and more' : ''}.`
  throw new ModelBuildError(
    `There is no base model ${name} in BASE_MODELS_DIR on the machine of the worker (${folder}). ${there} Put a .gguf file or a folder of Hugging Face's there.`,
  )
}
