import type { Run } from '../../generated/prisma/client.ts'

/** What an import was asked for, and what became of its deletions: `Run.parameters`. */
export interface ImportParameters {
  deleteMissing?: boolean
  confirmDeletions?: boolean
  source?: 'files' | 'urls'
  /** How many articles it has deleted so far. */
  deleted?: number
  /** Why it deleted none. */
  notDeleted?: string
}

export const importParameters = ({ parameters }: Pick<Run, 'parameters'>) => parameters as ImportParameters
