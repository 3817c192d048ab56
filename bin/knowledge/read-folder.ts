import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { limits } from '../../src/services/checked-input.ts'
import type { GivenFile } from '../../src/services/knowledge/start-import.ts'
import { CommandError } from './command-error.ts'

const readable = /\.(md|markdown|html?|xhtml|csv)$/i
/** UTF-8 takes at most so many bytes for what counts as one character. */
const bytesPerCharacter = 3

/** The paths of the files that can be imported, relative and in order. Hidden ones and links are left alone. */
export async function listFolder(folder: string): Promise<string[]> {
  const found: string[] = []
  async function list(below: string): Promise<void> {
    const entries = await readdir(join(folder, below), { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
      throw new CommandError(`${join(folder, below)} cannot be read (${error.code}).`)
    })
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      if (entry.isDirectory()) await list(path)
      else if (entry.isFile() && readable.test(entry.name)) found.push(path)
    }
  }
  await list('')
  if (found.length === 0) throw new CommandError(`There is no Markdown, HTML or CSV file in ${folder}.`)
  return found.sort()
}

/** One after the other, so that no more than one is held. */
export async function* readFolder(folder: string, paths: string[]): AsyncGenerator<GivenFile> {
  for (const path of paths) yield { path: path.normalize('NFC'), ...(await readOne(join(folder, path))) }
}

async function readOne(file: string): Promise<{ content: string } | { problem: string }> {
  try {
    const { size } = await stat(file)
    const longest = /\.csv$/i.test(file) ? limits.csvFile : limits.articleFile
    if (size > longest * bytesPerCharacter) return { problem: `it has ${size} bytes, and at most ${longest} characters are allowed. Split it.` }
    return { content: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(file)) }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return { problem: 'it is not UTF-8 text. Save it as UTF-8.' }
    if (code?.startsWith('E')) return { problem: `it cannot be read (${code})` }
    throw error
  }
}
