import { InvalidInputError } from '../../errors.ts'

/** What is wrong with one file, and where. The rest of the import goes on. */
export class ArticleFileError extends Error {
  constructor(message: string, line?: number) {
    super(line === undefined ? message : `line ${line}: ${message}`)
    this.name = 'ArticleFileError'
  }
}

/** An InvalidInputError names its field first: what is wrong with the file, and in which line. */
export function asFileError<Result>(check: () => Result, lineOf?: (field: string) => number | undefined): Result {
  try {
    return check()
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error
    throw new ArticleFileError(error.message, lineOf?.(error.message.split(' ')[0]!))
  }
}
