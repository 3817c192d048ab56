import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

export class DataFolderError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'DataFolderError'
  }
}

export class DataFolderInUseError extends DataFolderError {
  constructor(folder: string, options?: ErrorOptions) {
    super(`DATA_DIR ${folder} is open in another process. Stop that one, or set DATA_DIR to another folder.`, options)
    this.name = 'DataFolderInUseError'
  }
}

export const databaseFolder = (folder: string) => join(folder, 'database')

/** Whether it was used before. */
export const hasDatabase = (folder: string) => existsSync(databaseFolder(folder))

/**
 * Makes the folder and holds it for this process; the returned function lets it go. PGlite does not lock its files, and two
 * processes on them lose writes. The lock is SQLite's: the operating system drops it with the process, even after `kill -9`.
 */
export function holdDataFolder(folder: string): () => void {
  try {
    makeFolder(folder)
  } catch (error) {
    throw new DataFolderError(`DATA_DIR ${folder} cannot be made (${(error as Error).message}). Choose a folder that you may write to.`, {
      cause: error,
    })
  }
  let lock: DatabaseSync | undefined
  try {
    lock = new DatabaseSync(join(folder, 'lock'))
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
  } catch (error) {
    lock?.close()
    if ((error as { errcode?: number }).errcode === 5) {
      throw new DataFolderInUseError(folder, { cause: error })
    }
    throw new DataFolderError(`DATA_DIR ${folder} cannot be written (${(error as Error).message}). Check who owns it, or choose another folder.`, {
      cause: error,
    })
  }
  return () => lock.close()
}

// Not mkdir's `recursive`: below a folder that can hold none, such as /proc, Node tries for ever.
function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  mkdirSync(folder)
}
