import { ConfigurationError } from '../../src/config.ts'
import { ExpectedError } from '../../src/services/errors.ts'
import { DataFolderError } from '../../src/stores/data-folder.ts'
import { DatabaseUnavailableError } from '../../src/stores/database.ts'
import { CommandError } from './command-error.ts'

const explained = [CommandError, ConfigurationError, DataFolderError, DatabaseUnavailableError, ExpectedError]

/** Of an error that says itself what to do its message, of any other one where it came from; the process ends with 1. `command` is that of npm run. */
export function sayWhatFailed(error: unknown, command: string): void {
  const { code, message, stack } = error as Error & { code?: string }
  const isExplained = explained.some((kind) => error instanceof kind)
  if (code?.startsWith('ERR_PARSE_ARGS')) process.stderr.write(`${message}\nSee npm run ${command} -- --help\n`)
  else process.stderr.write(`${isExplained ? message : (stack ?? message)}\n`)
  process.exitCode = 1
}
