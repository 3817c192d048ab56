import { followImport } from './follow-import.ts'
import type { Base, Deletions } from './open-base.ts'
import { listFolder, readFolder } from './read-folder.ts'

/** Returns how many files were left out. */
export async function importFolder(base: Base, folder: string, deletions: Deletions): Promise<number> {
  const paths = await listFolder(folder)
  const reasons = new Map<string, string>()
  async function* files() {
    for await (const file of readFolder(folder, paths)) {
      if ('problem' in file) reasons.set(file.path, file.problem)
      yield file
    }
  }
  const runId = await base.startImport(files(), deletions)
  return followImport(base, runId, reasons)
}
